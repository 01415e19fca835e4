"""Grading through the library with sandboxes started ahead: one at a time, and forty in two threads."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from benchmarks.commands import ANSWERS, BANK, F1_TEN, ROOT
from benchmarks.timing import Failed, Reading
from grader import Session, Status
from grader.bank import Bank

WARM = 4
PAUSE = 1.0  # seconds in which the pool is filled again: submissions that come one by one


class Sessions:
    """One session of the library, which has graded a submission before anything is measured."""

    def __init__(self, sandbox: str) -> None:
        self._session = Session(bank=Bank.at(ROOT / BANK), sandbox=sandbox, warm=WARM)

    def __enter__(self) -> Sessions:
        self._grade()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def one_by_one(self, count: int) -> Reading:
        """Seconds for each of `count` submissions, with a pause before each."""
        times = []
        for _ in range(count):
            time.sleep(PAUSE)
            began = time.perf_counter()
            self._grade()
            times.append(time.perf_counter() - began)
        return Reading(tuple(times))

    def through_the_pool(self, count: int) -> Reading:
        """Submissions a minute, from `count` of them in two threads."""
        time.sleep(PAUSE)
        began = time.perf_counter()
        with ThreadPoolExecutor(2) as threads:
            for future in [threads.submit(self._grade) for _ in range(count)]:
                future.result()
        return Reading((60 * count / (time.perf_counter() - began),))

    def _grade(self) -> None:
        report = self._session.grade(F1_TEN, ROOT / ANSWERS[F1_TEN])
        if report.status is not Status.PASSED:
            raise Failed(f"the right answer was graded {report.status}: {report.infrastructure}")
