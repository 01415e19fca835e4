"""Grading in a thread of its own, always the newest answer."""

from __future__ import annotations

import threading
from collections.abc import Callable

from grader.errors import GraderError
from grader.grading import Session
from grader.kit.selection import Choice, Selection, part
from grader.watch.events import Checked, Event, Job, Step


class Checker:
    """Does one job after the other and tells `put` how each went.

    A check under way is given up for a newer job; the grading of everything is not.
    """

    def __init__(self, session: Session, put: Callable[[Event], None]) -> None:
        self._session = session
        self._put = put
        self._wake = threading.Condition()
        self._next: Job | None = None
        self._current: Job | None = None
        self._over = False
        self._thread = threading.Thread(target=self._run, name="checks", daemon=True)
        self._thread.start()

    def ask(self, job: Job) -> None:
        """Have a job done; one that waits is forgotten."""
        with self._wake:
            self._next = job
            if self._current is not None and not self._current.everything:
                # While this lock is held no new job begins, so only the old one can be meant.
                self._session.cancel()
            self._wake.notify()

    @property
    def busy(self) -> bool:
        """Whether something is being done or waits to be."""
        with self._wake:
            return self._current is not None or self._next is not None

    def close(self) -> None:
        """Give up what is under way and end."""
        with self._wake:
            self._over = True
            self._session.cancel()
            self._wake.notify()
        self._thread.join(5.0)

    def _run(self) -> None:
        while True:
            with self._wake:
                self._current = None
                while self._next is None and not self._over:
                    self._wake.wait()
                if self._over:
                    return
                job, self._next = self._next, None
                self._current = job
            assert job is not None
            self._put(self._done(job))

    def _done(self, job: Job) -> Checked:
        choice = Choice(Selection(visible_only=not job.everything))
        try:
            report = self._session.grade(
                job.slug,
                job.submission,
                select=choice,
                progress=lambda text: self._put(Step(job, text)),
            )
        except (GraderError, OSError) as error:
            return Checked(job, None, problem=str(error))
        return Checked(job, report if job.everything else part(report, choice.ran), choice.ran)
