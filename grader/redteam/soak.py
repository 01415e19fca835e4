"""Many submissions in one process: all verdicts right, nothing left, memory flat."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import GraderError
from grader.grading import Session
from grader.model import Check, Report, Verdict
from grader.proof.expect import FILE, Expect, read_table
from grader.redteam import machine
from grader.redteam.corpus import Attack
from grader.redteam.rounds import AT_ONCE, HONEST, LIMITS, READY, SLUG, attack_session, selection
from grader.worker import processes

HOSTILE_EVERY = 10
CHECKS = 4  # that a right submission meets
WARM_SHARE = 0.25  # of the run, before memory is looked at: caches fill
SLOPE_KIB = 8.0  # by which memory may grow with each submission
SAMPLES, TOLD = 200, 20  # times that memory is measured, and that progress is told

Select = Callable[[Sequence[Check]], Sequence[Check]]


@dataclass(frozen=True, slots=True)
class Soak:
    """What came of it. Memory in MiB is that of this process and of those that hold the checks."""

    sandbox: str
    submissions: int
    hostile: int
    seconds: float
    wrong: tuple[str, ...]
    left: tuple[str, ...]
    memory_start: int
    memory_end: int
    slope_kib: float

    @property
    def held(self) -> bool:
        """Whether everything was as it should be."""
        return not self.wrong and not self.left and self.slope_kib < SLOPE_KIB


@dataclass(frozen=True, slots=True)
class _Turn:
    """One submission with what must come of it: its checks pass, or (`rejected`) none of these does."""

    path: Path
    select: Select
    right: bool
    hostile: bool = False


def soak(
    sandbox: str,
    runtime: str | None,
    attacks: Sequence[Attack],
    solutions: Path,
    count: int,
    progress: Callable[[str], None] = lambda text: None,
) -> Soak:
    """Grade `count` submissions two at a time: right, wrong, and every tenth hostile. Raises GraderError."""
    turns = list(_turns(attacks, solutions, count))
    with (
        attack_session(sandbox, runtime) as (session, watched),
        machine.engine_count(watched) as containers,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):

        def look() -> machine.Use:
            return machine.use(watched, containers)

        _settle(session, turns, threads)
        first, started = machine.still(look, READY), time.monotonic()
        wrong: list[str] = []
        memory: list[tuple[int, float]] = [(0, _memory_kib())]
        step = max(AT_ONCE, count // SAMPLES)
        for number in range(0, count, step):
            wrong += filter(
                None, threads.map(lambda turn: _grade(session, turn), turns[number : number + step])
            )
            memory.append((number + step, _memory_kib()))
            if number // step % (SAMPLES // TOLD) == 0:
                progress(
                    f"{min(number + step, count)} of {count} submissions, {memory[-1][1] / 1024:.0f} MiB"
                )
        seconds = time.monotonic() - started
        now = look()
        left = machine.left(replace(first, memory=now.memory, disk=now.disk), look)
    return Soak(
        sandbox=f"{watched.name}{f' ({runtime})' if runtime else ''}",
        submissions=count,
        hostile=sum(turn.hostile for turn in turns),
        seconds=seconds,
        wrong=tuple(wrong),
        left=tuple(one.text for one in left),
        memory_start=round(memory[0][1] / 1024),
        memory_end=round(memory[-1][1] / 1024),
        slope_kib=slope([point for point in memory if point[0] >= WARM_SHARE * count]),
    )


def slope(points: Sequence[tuple[float, float]]) -> float:
    """By how much y grows with x, by least squares; 0 for a single x."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


def _turns(attacks: Sequence[Attack], solutions: Path, count: int) -> Iterator[_Turn]:
    """Right and wrong solutions in turn, every tenth submission an attack."""
    expect, errors = read_table(solutions / FILE, Expect)
    if expect is None:
        raise GraderError("\n".join(str(one) for one in errors))
    honest = [_Turn(solutions / file, _first, right=True) for file in expect.right]
    honest += [
        _Turn(solutions / entry.file, _named(tuple(entry.rejected_by)), right=False) for entry in expect.wrong
    ]
    for number in range(count):
        if number % HOSTILE_EVERY == HOSTILE_EVERY - 1:
            attack = attacks[number // HOSTILE_EVERY * 7 % len(attacks)]  # from all sections soon
            yield _Turn(attack.path, selection(attack), right=False, hostile=True)
        else:
            yield honest[number % len(honest)]


def _first(checks: Sequence[Check]) -> Sequence[Check]:
    return [check for check in checks if check.suite == "hidden"][:CHECKS]


def _named(names: tuple[str, ...]) -> Select:
    return lambda checks: [
        check for check in checks if check.id.partition("[")[0] in names or check.id in names
    ]


def _settle(session: Session, turns: Sequence[_Turn], threads: ThreadPoolExecutor) -> None:
    """Have everything started that stays, and every kind of sandbox kept ready."""
    for hostile in (False, True, False):
        first = next(turn for turn in turns if turn.hostile is hostile)
        list(threads.map(lambda turn: _grade(session, turn), [first] * AT_ONCE))


def _grade(session: Session, turn: _Turn) -> str:
    """What is wrong with the verdict on one submission; empty if nothing is."""
    limits = LIMITS if turn.hostile else HONEST
    report = session.grade(SLUG, turn.path, limits=limits, select=turn.select)
    verdicts = _verdicts(report)
    if report.infrastructure:
        return f"{turn.path.name}: infrastructure: {report.infrastructure[:200]}"
    as_it_should = (
        verdicts == {Verdict.PASSED} if turn.right else not report.passed and verdicts != {Verdict.PASSED}
    )
    return "" if as_it_should else f"{turn.path.name}: {' '.join(sorted(verdicts)) or 'no checks'}"


def _verdicts(report: Report) -> set[Verdict]:
    return {one.outcome.verdict for one in report.checks} - {Verdict.NOT_RUN}


def _memory_kib() -> float:
    """What this process and the servers of checks that it started hold in memory."""
    servers = [pid for pid in processes.descendants(os.getpid()) if _is_server(pid)]
    return sum(_resident_kib(pid) for pid in (os.getpid(), *servers))


def _is_server(pid: int) -> bool:
    """A server itself, not one of the processes that it forks for a run."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"grader.checks.server" in words and processes.stat_fields(pid)[1:2] == [str(os.getpid())]


def _resident_kib(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0.0)
