"""Hostile submissions, run against a sandbox of this machine to see that it holds.

An attack is a Python file whose docstring has a title and the lines `threat:` (a number of the threat model),
`source:` and `verdict:` (what may come of it). The corpus is in tests/attacks/ of the repository and travels
with the package.
"""

from __future__ import annotations

import ast
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.grading import Session
from grader.model import Check, Limits, Report, Verdict
from grader.worker import processes

SLUG = "f1-by-hand"  # what every attack pretends to solve
LIMITS = Limits(seconds=1.0, memory_mb=192, processes=32, disk_mb=16, run_seconds=8.0)
KILL_SECONDS = 1.0  # beyond the deadline
CLEAN_SECONDS = 3.0
MEMORY_MB = 256  # by how much the machine's used memory may have grown afterwards
DISK_MB = 32
PASSED = "IT PASSED"
KEYS = ("threat", "source", "verdict")
QUICK = ("forging", "reading")  # these take no longer than an answer, so every check is run
FEW = 3  # for the others, which run into a limit with each check
VERDICTS = ("any", "load", *(verdict.value for verdict in Verdict if verdict is not Verdict.PASSED))


@dataclass(frozen=True, slots=True)
class Attack:
    """One hostile submission. `verdicts`: what its hidden checks may end with ("any": all but passed)."""

    path: Path
    section: str
    title: str
    threat: int
    source: str
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attack; `faults` is empty if everything held."""

    attack: Attack
    verdicts: tuple[str, ...]
    seconds: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Machine:
    """What a run may not use up: memory and disk in MiB, processes below this one, temporary files."""

    memory: int
    disk: int
    processes: frozenset[int]
    files: frozenset[str]


def read_attacks(folder: Path) -> tuple[Attack, ...]:
    """Every attack below `folder`, by section and name. Raises GraderError with all that is wrong."""
    attacks, errors = [], []
    for path in sorted(folder.glob("*/*.py")):
        try:
            attacks.append(_read(path))
        except (ValueError, SyntaxError) as error:
            errors.append(f"{path}: {error}")
    if errors or not attacks:
        raise GraderError("\n".join(errors) or f"there are no attacks in {folder}")
    return tuple(attacks)


def run(
    session: Session,
    attacks: Sequence[Attack],
    reference: Path,
    progress: Callable[[str], None] = lambda text: None,
) -> Iterator[Result]:
    """Grade each attack, then an honest submission, and look at what is left on the machine.

    `reference` is a right answer to the challenge. Raises SandboxError where nothing can be graded at all.
    """
    _settle(session, reference)
    for number, attack in enumerate(attacks, 1):
        progress(f"attack {number} of {len(attacks)}: {attack.title}")
        before = _machine()
        started = time.monotonic()
        report = session.grade(SLUG, attack.path, limits=LIMITS, select=_selection(attack))
        seconds = time.monotonic() - started
        faults = [*_of_report(report, attack, seconds), *_left(before)]
        honest = session.grade(SLUG, reference, limits=LIMITS)
        if not honest.passed:
            faults.append(f"the honest submission after it did not pass: {_summary(honest)}")
        yield Result(attack, _verdicts(report), seconds, tuple(faults))


def _selection(attack: Attack) -> Callable[[Sequence[Check]], Sequence[Check]]:
    """Which checks an attack meets; they are the same every time."""

    def select(checks: Sequence[Check]) -> Sequence[Check]:
        hidden = [check for check in checks if check.suite == "hidden"]
        return hidden if attack.section in QUICK else hidden[:FEW]

    return select


def _settle(session: Session, reference: Path) -> None:
    """Grade the honest submission until everything that stays has been started."""
    for _ in range(2):
        report = session.grade(SLUG, reference, limits=LIMITS)
    if not report.passed:
        raise GraderError(f"the honest submission {reference} does not pass here: {_summary(report)}")


def _read(path: Path) -> Attack:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"), str(path))) or ""
    title = text.partition("\n")[0].strip().rstrip(".")
    values = dict(line.split(":", 1) for line in text.splitlines() if line.split(":", 1)[0] in KEYS)
    if missing := [key for key in KEYS if not values.get(key, "").strip()]:
        raise ValueError(f"the docstring has no line {', '.join(f'{key}:' for key in missing)}")
    verdicts = tuple(values["verdict"].split())
    if not title or (unknown := sorted(set(verdicts) - set(VERDICTS))):
        raise ValueError(f"unknown verdict {', '.join(unknown)}" if title else "the docstring has no title")
    return Attack(path, path.parent.name, title, int(values["threat"]), values["source"].strip(), verdicts)


def _verdicts(report: Report) -> tuple[str, ...]:
    """What the checks that ran ended with, and "load" if the submission did not load."""
    hidden = {one.outcome.verdict.value for one in report.checks if one.check.suite == "hidden"}
    hidden -= {Verdict.NOT_RUN.value}
    return (*(["load"] if any(one.kind == "load" for one in report.problems) else []), *sorted(hidden))


def _of_report(report: Report, attack: Attack, seconds: float) -> Iterator[str]:
    if report.passed or _verdicts(report) == (Verdict.PASSED.value,):
        yield PASSED
    if report.infrastructure:
        yield f"the run ended as a failure of the infrastructure: {report.infrastructure[:200]}"
    deadline = LIMITS.run_seconds + KILL_SECONDS
    if seconds > deadline:
        yield f"the run took {seconds:.1f} s, more than {deadline:g} s"
    if "any" not in attack.verdicts and not set(_verdicts(report)) & set(attack.verdicts):
        yield f"verdict {' '.join(_verdicts(report))}, not {' '.join(attack.verdicts)}"


def _left(before: _Machine) -> Iterator[str]:
    """What is still there once the sandbox has been removed."""
    end = time.monotonic() + CLEAN_SECONDS
    while (faults := list(_grown(before, _machine()))) and time.monotonic() < end:
        time.sleep(0.05)
    yield from faults


def _grown(before: _Machine, now: _Machine) -> Iterator[str]:
    if now.memory - before.memory > MEMORY_MB:
        yield f"the machine uses {now.memory - before.memory} MiB of memory more than before"
    if now.disk - before.disk > DISK_MB:
        yield f"{now.disk - before.disk} MiB more are on the disk"
    # As many as before may have been replaced by others: a pool keeps sandboxes ready.
    if len(now.processes) > len(before.processes):
        yield f"{len(now.processes) - len(before.processes)} processes are left"
    if new := sorted(now.files - before.files):
        yield f"temporary files are left: {', '.join(new[:5])}"


def _machine() -> _Machine:
    folder = Path(tempfile.gettempdir())
    usage = shutil.disk_usage(folder)
    return _Machine(
        memory=_used_memory(),
        disk=usage.used >> 20,
        processes=frozenset(processes.descendants(os.getpid())),
        files=frozenset(path.name for path in folder.iterdir() if "grader" in path.name),
    )


def _used_memory() -> int:
    """MiB that are not available for new programs; 0 where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    values = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return (values["MemTotal"] - values["MemAvailable"]) >> 10


def _summary(report: Report) -> str:
    return report.infrastructure[:200] or " ".join(_verdicts(report)) or "no checks"
