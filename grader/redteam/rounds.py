"""Grading attacks, and what must hold during and after each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import GraderError
from grader.grading import Session
from grader.model import Check, Limits, Report, Verdict
from grader.redteam import machine
from grader.redteam.corpus import Attack
from grader.redteam.watched import Watched
from grader.sandbox.choose import choose

SLUG = "f1-by-hand"  # what every attack pretends to solve
LIMITS = Limits(seconds=0.75, memory_mb=192, processes=32, disk_mb=16, run_seconds=8.0)
HONEST = replace(LIMITS, seconds=5.0)  # not what is tried, so a busy machine shall not fail it
KILL_SECONDS = 1.0  # beyond the deadline
AT_ONCE = 2
READY = 2 * AT_ONCE  # sandboxes of two kinds: with the limits for attacks, and for honest submissions
PASSED = "IT PASSED"
QUICK = ("forging", "reading")  # these take no longer than an answer, so more checks are run
MORE, FEW = 8, 2  # the others run into a limit with each check

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attack; `faults` is empty if everything held."""

    attack: Attack
    verdicts: tuple[str, ...]
    seconds: float
    faults: tuple[str, ...]


@contextmanager
def attack_session(sandbox: str, runtime: str | None = None) -> Iterator[tuple[Session, Watched]]:
    """A session with a sandbox that is watched. Raises SandboxError where none can be used."""
    watched = Watched(choose(sandbox, runtime))
    with Session(backend=watched, warm=AT_ONCE) as session:
        yield session, watched


def run(
    session: Session,
    watched: Watched,
    attacks: Sequence[Attack],
    reference: Path,
    progress: Progress = lambda text: None,
) -> Iterator[Result]:
    """Grade the attacks two at a time, look at what is left on the machine, then grade an honest one.

    `reference` is a right answer to the challenge. Raises GraderError where nothing can be graded at all.
    """
    with machine.engine_count(watched) as containers, ThreadPoolExecutor(AT_ONCE) as threads:

        def look() -> machine.Use:
            return machine.use(watched, containers)

        _settle(session, reference, threads)
        first = machine.still(look, READY)
        for number in range(0, len(attacks), AT_ONCE):
            wave = attacks[number : number + AT_ONCE]
            progress(f"attack {number + 1} of {len(attacks)}: {wave[0].title}")
            now = look()
            runs = list(threads.map(lambda attack: _grade(session, attack), wave))
            left = machine.left(replace(first, memory=now.memory, disk=now.disk), look)
            if any(one.shared for one in left):
                # Others use this machine as well. What an attack does it does again; what they did is over.
                now = look()
                list(threads.map(lambda attack: _grade(session, attack), wave))
                left = machine.left(replace(first, memory=now.memory, disk=now.disk), look)
            wrong = _not_right(_honest(session, reference))
            for attack, (report, seconds) in zip(wave, runs, strict=True):
                faults = [
                    *_of_report(report, attack, seconds),
                    *(f"{one.text} after the pair" for one in left),
                ]
                if wrong:
                    faults.append(f"the honest submission after the pair did not pass: {wrong}")
                yield Result(attack, _verdicts(report), seconds, tuple(faults))


def _grade(session: Session, attack: Attack) -> tuple[Report, float]:
    started = time.monotonic()
    report = session.grade(SLUG, attack.path, limits=LIMITS, select=selection(attack))
    return report, time.monotonic() - started


def _honest(session: Session, reference: Path) -> Report:
    return session.grade(SLUG, reference, limits=HONEST, select=_first)


def selection(attack: Attack) -> Callable[[Sequence[Check]], Sequence[Check]]:
    """Which checks an attack meets; they are the same every time."""
    return lambda checks: _hidden(checks)[: MORE if attack.section in QUICK else FEW]


def _first(checks: Sequence[Check]) -> Sequence[Check]:
    return _hidden(checks)[:FEW]


def _hidden(checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if check.suite == "hidden"]


def _settle(session: Session, reference: Path, threads: ThreadPoolExecutor) -> None:
    """Grade the honest submission until everything that stays has been started."""
    report = session.grade(SLUG, reference, limits=HONEST)
    if not report.passed:
        raise GraderError(f"the honest submission {reference} does not pass here: {_summary(report)}")
    for _ in range(2):
        list(threads.map(lambda _: _honest(session, reference), range(AT_ONCE)))
        list(
            threads.map(
                lambda _: session.grade(SLUG, reference, limits=LIMITS, select=_first), range(AT_ONCE)
            )
        )


def _not_right(report: Report) -> str:
    """Why a run of a right answer over some checks is no pass; empty if it is one."""
    return "" if not report.infrastructure and _verdicts(report) == (Verdict.PASSED,) else _summary(report)


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


def _summary(report: Report) -> str:
    return report.infrastructure[:200] or " ".join(_verdicts(report)) or "no checks"
