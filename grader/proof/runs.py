"""Gradings for the sections of a proof: in parallel, none of them twice."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

from grader.errors import GraderError, SandboxError
from grader.grading import Session
from grader.model import Report, Verdict

FIXED = "5eed".zfill(32)  # the seed of every section but `seeds`


def seldom(tell: Callable[[str], None], every: int = 25) -> Callable[[str], None]:
    """For progress that comes hundreds of times: every 25th step is told."""
    steps = itertools.count(1)

    def step(text: str) -> None:
        if next(steps) % every == 0:
            tell(text)

    return step


class Gate:
    """Lets at most `width` gradings through at a time, over all sessions that share it."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._permits = threading.Semaphore(width)
        self._closed = threading.Event()

    def __enter__(self) -> None:
        self._permits.acquire()
        if self._closed.is_set():
            self._permits.release()
            raise GraderError("stopped")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._permits.release()

    def close(self) -> None:
        """Let nothing more through."""
        self._closed.set()


class GatedSession(Session):
    """A session whose gradings wait at a gate."""

    def __init__(self, gate: Gate, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.gate = gate

    def grade(self, *arguments: Any, **options: Any) -> Report:
        """As `Session.grade`, when its turn has come."""
        with self.gate:
            return super().grade(*arguments, **options)


class Runs:
    """What the submissions of one challenge get in one session; asked twice, graded once."""

    def __init__(self, session: Session, slug: str, threads: int, done: Callable[[], None] = lambda: None):
        self.session = session
        self.slug = slug
        self.done = done
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=f"proof of {slug}")
        self._known: dict[tuple[Path, str], Future[Report]] = {}
        self._lock = threading.Lock()

    def start(self, path: Path, seed: str = FIXED) -> Future[Report]:
        """Have a submission graded. The future raises what grading raises, and SandboxError where the
        report says that the machine failed."""
        with self._lock:
            key = (path, seed)
            if key not in self._known:
                self._known[key] = self._executor.submit(self.again, path, seed)
            return self._known[key]

    def report(self, path: Path, seed: str = FIXED) -> Report:
        """The report on a submission."""
        return self.start(path, seed).result()

    def reports(self, wanted: Iterable[tuple[Path, str]]) -> list[Report]:
        """The reports on several, graded side by side."""
        return [future.result() for future in [self.start(path, seed) for path, seed in wanted]]

    def again(self, path: Path, seed: str = FIXED) -> Report:
        """The report of a new run."""
        report = self.session.grade(self.slug, path, seed=seed)
        if report.infrastructure:
            raise SandboxError(f"{path.name}, seed {seed.lstrip('0')}: {report.infrastructure}")
        self.done()
        return report

    def close(self) -> None:
        """Forget what has not begun."""
        self._executor.shutdown(cancel_futures=True)


def rejected(report: Report) -> set[str]:
    """What stands against a submission: checks, with and without their parameters, and metrics."""
    failed = {result.check.id for result in report.checks if result.outcome.verdict is not Verdict.PASSED}
    metrics = {f"metric:{result.metric.name}" for result in report.metrics if not result.passed}
    return failed | {identity.partition("[")[0] for identity in failed} | metrics


def known_names(report: Report) -> set[str]:
    """Every name that could stand against a submission."""
    checks = {result.check.id for result in report.checks}
    metrics = {f"metric:{result.metric.name}" for result in report.metrics}
    return checks | {identity.partition("[")[0] for identity in checks} | metrics


def whole(report: Report) -> bool:
    """Whether it passed with every point and every check, the visible ones included."""
    return report.passed and report.points == report.points_possible and not rejected(report)
