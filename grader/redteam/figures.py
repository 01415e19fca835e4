"""The table of figures: what was tried against a sandbox of this machine, and what came of it."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.fitness import probe
from grader.grading import Session
from grader.proof.expect import FILE, Expect, read_table
from grader.proof.planting import backwards, canary_found, plant
from grader.proof.subject import Subject
from grader.redteam.corpus import Attack
from grader.redteam.rounds import PASSED, SLUG, Result, attack_session, run
from grader.redteam.watched import Watched
from grader.sandbox.probes import State

Progress = Callable[[str], None]
ORPHANS = (
    "sandboxes are left",
    "processes are left",
    "groups are left",
    "containers are left",
    "files are left",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was measured on one sandbox. Seconds; `kills` counts sandboxes that were ended."""

    sandbox: str
    results: tuple[Result, ...]
    probes: int  # that were tried
    not_denied: tuple[str, ...]  # titles of what it owes and does not deny
    leaked: str  # where a word of the hidden files was found; empty if nowhere
    kills: int
    kill_median: float
    kill_most: float

    @property
    def passed(self) -> int:
        """Attacks that passed."""
        return sum(PASSED in result.faults for result in self.results)

    @property
    def faults(self) -> int:
        """Attacks after which something was not as it should be."""
        return sum(bool(result.faults) for result in self.results)

    @property
    def orphans(self) -> int:
        """Attacks that left a process, container, control group or file."""
        return sum(any(kind in fault for kind in ORPHANS for fault in one.faults) for one in self.results)

    @property
    def held(self) -> bool:
        """Whether nothing at all was wrong."""
        return not (self.faults or self.not_denied or self.leaked)


def measure(
    sandbox: str,
    runtime: str | None,
    attacks: Sequence[Attack],
    reference: Path,
    progress: Progress = lambda text: None,
) -> Figures:
    """Probe the sandbox, look for planted words in it, and run the attacks. Raises GraderError."""
    with attack_session(sandbox, runtime) as (session, watched):
        if watched.isolation == "none":
            raise GraderError(f"the sandbox {watched.name} isolates nothing, so there is nothing to attack")
        findings = probe(watched.backend, progress=progress)
        progress("looking for words of the hidden files in the sandbox")
        leaked = _leaked(session, watched)
        watched.kills.clear()
        results = tuple(run(session, watched, attacks, reference, progress))
        kills = watched.kills[:]
    return Figures(
        sandbox=f"{watched.name}{f' ({runtime})' if runtime else ''}",
        results=results,
        probes=sum(one.state is not State.UNKNOWN for one in findings),
        not_denied=tuple(one.title for one in findings if one.state is State.FAILED),
        leaked=leaked,
        kills=len(kills),
        kill_median=statistics.median(kills),
        kill_most=max(kills),
    )


def _leaked(session: Session, watched: Watched) -> str:
    """Where a word that stands in every hidden file is found by a search from inside; empty if nowhere."""
    bank = session.bank
    expect, wrong = read_table(bank.solutions / SLUG / FILE, Expect)
    if expect is None:
        raise GraderError("\n".join(str(one) for one in wrong))
    with tempfile.TemporaryDirectory(prefix="grader-canary-") as folder:
        planted = plant(Subject(bank, bank.get(SLUG), expect), Path(folder))
        with Session(bank=planted.bank, backend=watched) as searching:
            report = searching.grade(SLUG, planted.submission, select=lambda checks: backwards(checks)[-3:])
    return report.infrastructure or canary_found(report)


def markdown(all_figures: Sequence[Figures]) -> str:
    """The table, one column for each sandbox."""
    rows = [
        ("Attacks tried", [str(len(one.results)) for one in all_figures]),
        ("Attacks that passed", [str(one.passed) for one in all_figures]),
        ("Attacks with any other fault", [str(one.faults - one.passed) for one in all_figures]),
        ("Attacks that left a process, container, group or file", [str(one.orphans) for one in all_figures]),
        ("Probes tried", [str(one.probes) for one in all_figures]),
        ("Probes not denied", [str(len(one.not_denied)) for one in all_figures]),
        ("Leaked canaries", [str(int(bool(one.leaked))) for one in all_figures]),
        ("Sandboxes ended", [str(one.kills) for one in all_figures]),
        ("Kill to clean, median", [f"{one.kill_median * 1000:.0f} ms" for one in all_figures]),
        ("Kill to clean, longest", [f"{one.kill_most * 1000:.0f} ms" for one in all_figures]),
    ]
    names = [one.sandbox for one in all_figures]
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    return "\n".join([*lines, *(f"| {title} | {' | '.join(cells)} |" for title, cells in rows)])
