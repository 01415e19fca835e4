"""Sandboxes started ahead of time. Each serves one submission; none is ever given out twice."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from grader.errors import SandboxError
from grader.sandbox.base import Backend, Progress, Sandbox, Specification


class Pool:
    """Keeps up to `warm` sandboxes ready for every specification that was asked for.

    They are started by threads that live as long as the pool: the kernel ends a sandbox
    with the thread that started it.
    """

    def __init__(self, backend: Backend, warm: int = 0, starters: int = 2) -> None:
        self.backend = backend
        self.warm = warm
        self._executor = ThreadPoolExecutor(starters, thread_name_prefix="sandbox starter")
        self._ready: dict[Specification, deque[Future[Sandbox]]] = {}
        self._lock = threading.Lock()
        self._closed = False

    def expect(self, specification: Specification, progress: Progress, count: int = 1) -> None:
        """Start `count` sandboxes now, so that they start while the caller does something else."""
        with self._lock:
            if not self._closed:
                self._fill(specification, progress, count)

    def take(self, specification: Specification, progress: Progress) -> Sandbox:
        """A started sandbox. Raises SandboxError."""
        with self._lock:  # over both, or two threads would take the same one
            future = self._fill(specification, progress, 1).popleft()
        return future.result()

    def refill(self, specification: Specification, progress: Progress) -> None:
        """Start what is missing for `specification`. At the end of a run, so as not to slow it."""
        if self.warm:
            self.expect(specification, progress, self.warm)

    def dispose(self, sandbox: Sandbox) -> None:
        """Kill a sandbox in the background; `close` waits for it."""
        self._executor.submit(sandbox.kill)

    def reap(self) -> None:
        """Remove what killed graders have left, in the background."""
        self._executor.submit(self.backend.reap)

    def close(self) -> None:
        """Kill every sandbox that was not taken."""
        with self._lock:
            self._closed = True
            waiting = [future for ready in self._ready.values() for future in ready]
            self._ready.clear()
        for future in waiting:
            if not future.cancel() and future.exception() is None:
                future.result().kill()
        self._executor.shutdown()

    def _fill(self, specification: Specification, progress: Progress, count: int) -> deque[Future[Sandbox]]:
        ready = self._ready.setdefault(specification, deque())
        while len(ready) < count:
            if self._closed:
                raise SandboxError("the session has been closed")
            ready.append(self._executor.submit(self._start, specification, progress))
        return ready

    def _start(self, specification: Specification, progress: Progress) -> Sandbox:
        self.backend.prepare(specification, progress)
        return self.backend.start(specification)
