"""One grading inside the checks' process: the worker in use, and the check under way."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from grader.checks.link import hear, tell
from grader.checks.recorder import Recorder
from grader.checks.worker import Worker, WorkerLost
from grader.model import Limits

_ATTEMPTS = 3
_DOES_NOT_LOAD = {
    "timeout": "It took too long to load: what runs at import must end within the time for one check.",
    "died": "The process that loaded your file ended by itself: os._exit, a crash in C, or too much memory.",
    "protocol": "What came back while your file was loaded made no sense.",
}


class Infrastructure(BaseException):
    """The run cannot go on for reasons that are not the candidate's."""


class Run:
    """Asks the grading process for sandboxes and replaces one that was lost.

    `fault` is what ended the worker during the check under way, if anything did, and `ending`
    what the kernel says about it. `over` says that no further check can run: the submission
    ended its process while it was loaded, and `fault` stays; or it is `unloadable`, and no check
    is worth running; or `infrastructure` tells what is wrong.
    """

    def __init__(
        self,
        channel: socket.socket,
        submission: Mapping[str, object],
        seed: str,
        limits: Limits,
        *,
        debug: bool = False,
    ) -> None:
        self.channel = channel
        self.submission = submission
        self.seed = seed
        self.limits = limits
        self.debug = debug
        self.worker: Worker | None = None
        self.fault: WorkerLost | None = None
        self.ending = ""
        self.over = False
        self.unloadable = False
        self.infrastructure = ""
        self.seconds = limits.seconds
        self.metrics: list[tuple[str, float]] = []
        self.recorder: Recorder | None = None
        self._told_problems = False

    def start_check(self, seconds: float, recorder: Recorder | None = None) -> None:
        """Forget the check before; the next may take `seconds` of the candidate's time.

        `recorder`, which only a visible check has, is shown its calls.
        """
        self.fault, self.ending, self.seconds, self.metrics = None, "", seconds, []
        self.recorder = recorder
        if self.worker is not None:
            self.worker.recorder = recorder
            self.worker.spent, self.worker.allowed = 0.0, seconds

    @property
    def spent(self) -> float:
        """The candidate's seconds in this check."""
        return 0.0 if self.worker is None else self.worker.spent

    @contextmanager
    def process(self) -> Iterator[Worker]:
        """A fresh process of the submission; whatever it leaves is killed afterwards."""
        worker = self._begin()
        yield worker
        if not worker.lost:
            with suppress(WorkerLost):
                worker.end()

    def _begin(self) -> Worker:
        for _ in range(_ATTEMPTS):
            worker = self.worker or self._new_worker()
            worker.recorder = self.recorder
            worker.spent, worker.allowed = 0.0, self.seconds
            try:
                worker.begin()
                return worker
            except WorkerLost as error:
                # What the check before has left behind shows only now, and is not this one's fault.
                last = error
                self.fault = None
        self.fault = last
        raise last

    def _new_worker(self) -> Worker:
        for _ in range(_ATTEMPTS):
            tell(self.channel, {"op": "sandbox"})
            message, fds, _ = hear(self.channel)
            if len(fds) != 2:
                raise self._broken(str(message.get("error", "no sandbox")))
            control, data = (socket.socket(fileno=fd) for fd in fds)
            worker = Worker(control, data, on_loss=self._lost, debug=self.debug)
            self.worker = worker
            try:
                worker.load(self.submission, self.limits.seconds)
            except WorkerLost as error:
                if error.reason == "start":
                    detail = error.detail
                    continue
                self.over = True
                self._tell_problems([{"kind": "load", "text": _DOES_NOT_LOAD[error.reason]}])
                raise
            self._tell_problems(worker.problems)
            if not worker.usable:
                self.over = self.unloadable = True
                raise WorkerLost("load", "nothing of the submission can be called")
            return worker
        raise self._broken(f"the sandbox did not start: {detail}")

    def _lost(self, error: WorkerLost) -> None:
        """Note why the worker cannot go on, and have its sandbox killed and examined."""
        self.worker = None
        self.fault = self.fault or error
        tell(self.channel, {"op": "ending"})
        self.ending = str(hear(self.channel)[0].get("ending"))
        if self.ending == "lost":
            raise self._broken("the sandbox was removed, or the engine no longer answers")

    def _broken(self, text: str) -> Infrastructure:
        self.over, self.infrastructure = True, text
        return Infrastructure(text)

    def _tell_problems(self, problems: list[dict[str, Any]]) -> None:
        if not self._told_problems:
            self._told_problems = True
            tell(self.channel, {"op": "problems", "problems": problems})
