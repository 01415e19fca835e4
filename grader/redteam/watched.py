"""A backend that counts the sandboxes that live and notes how long it takes to end one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from grader.model import Environment
from grader.sandbox.base import Backend, Ending, Progress, Sandbox, Specification

T = TypeVar("T")


class Watched:
    """`backend` with a look at every sandbox; see the protocol for its methods.

    `kills` holds the seconds from the order to kill a sandbox until nothing of it was left.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.kills: list[float] = []
        self.living = 0
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self.backend.name

    @property
    def isolation(self) -> str:
        return self.backend.isolation

    def unavailable(self) -> str:
        return self.backend.unavailable()

    def prepare(self, specification: Specification, progress: Progress) -> None:
        self.backend.prepare(specification, progress)

    def start(self, specification: Specification) -> Sandbox:
        sandbox = self.backend.start(specification)
        with self._lock:
            self.living += 1
        return _WatchedSandbox(sandbox, self._ended)

    def machine(self) -> str:
        return self.backend.machine()

    def reap(self) -> int:
        return self.backend.reap()

    def _ended(self, seconds: float) -> None:
        with self._lock:
            self.living -= 1
            self.kills.append(seconds)


class _WatchedSandbox:
    def __init__(self, sandbox: Sandbox, ended: Callable[[float], None]) -> None:
        self.control = sandbox.control
        self.data = sandbox.data
        self.environment: Environment = sandbox.environment
        self._sandbox = sandbox
        self._ended = ended
        self._lock = threading.Lock()
        self._over = False

    def kill(self) -> None:
        self._timed(self._sandbox.kill)

    def ending(self) -> Ending:
        return self._timed(self._sandbox.ending)

    def log(self) -> bytes:
        return self._sandbox.log()

    def _timed(self, end: Callable[[], T]) -> T:
        started = time.monotonic()
        with self._lock:
            try:
                return end()
            finally:
                if not self._over:
                    self._over = True
                    self._ended(time.monotonic() - started)
