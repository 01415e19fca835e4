"""Sandboxes for one's own code at the price of a fork.

No sandbox ever serves two submissions: that is the rule for what candidates hand in. The mutants of a
reference are a hundred versions of one file of the bank's own, and starting an interpreter with
scikit-learn for each would take longer than grading it. So one sandbox is started with everything
imported, and forks a worker for each mutant: the same worker with the same limits, fresh sockets and
empty folders. What ends badly (a deadline, memory, a crash) takes its sandbox with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from grader.bank import Bank
from grader.grading import Session
from grader.model import Environment
from grader.sandbox import launch, pipes
from grader.sandbox.base import Ending, Progress, Sandbox, Specification
from grader.sandbox.bubblewrap import host_python
from grader.sandbox.bubblewrap.backend import SITE, WORKER, BubblewrapBackend
from grader.sandbox.choose import choose

_DONE_SECONDS = 5.0
_RETURN_SECONDS = 10.0  # then another sandbox is opened rather than waited for


@contextmanager
def sessions(bank: Bank | None = None, *, threads: int | None = None) -> Iterator[Session]:
    """A session whose sandboxes are forked: for code of one's own only. Raises SandboxError."""
    inner = choose("bubblewrap")
    assert isinstance(inner, BubblewrapBackend)
    with (
        Nursery(inner, size=threads or os.cpu_count() or 1) as nursery,
        Session(bank=bank, backend=nursery) as session,
    ):
        yield session


class Nursery:
    """A backend that keeps preloaded sandboxes and forks in them: `size` of them, one for each thread."""

    def __init__(self, inner: BubblewrapBackend, *, size: int = 2) -> None:
        self.inner = inner
        self.size = size
        self._waiting: deque[_Outer] = deque()
        self._lent: Counter[Specification] = Counter()
        self._returned = threading.Condition()
        self._closed = False

    @property
    def name(self) -> str:
        """See the protocol."""
        return self.inner.name

    @property
    def isolation(self) -> str:
        """See the protocol. None is promised, since what one worker leaves behind may meet the next."""
        return "none"

    def unavailable(self) -> str:
        """See the protocol."""
        return self.inner.unavailable()

    def prepare(self, specification: Specification, progress: Progress) -> None:
        """See the protocol."""
        self.inner.prepare(specification, progress)

    def machine(self) -> str:
        """See the protocol."""
        return self.inner.machine()

    def reap(self) -> int:
        """See the protocol."""
        return self.inner.reap()

    def start(self, specification: Specification) -> Sandbox:
        """See the protocol: a worker in a sandbox that waits for one, else in a new one."""
        kind = _kind(specification)
        while (outer := self._take(kind)) is not None:
            with contextlib.suppress(OSError):  # it has ended meanwhile
                return outer.fork()
            self._give_back(outer, sound=False)
        try:
            return self._open(specification, kind).fork()
        except BaseException:
            with self._returned:
                self._lent[kind] -= 1
            raise

    def _take(self, kind: Specification) -> _Outer | None:
        """A sandbox that waits, or None if one is to be opened.

        Sandboxes come back in the background, so where all are out one is about to.
        """
        with self._returned:
            self._returned.wait_for(
                lambda: self._lent[kind] < self.size or any(each.kind == kind for each in self._waiting),
                _RETURN_SECONDS,
            )
            self._lent[kind] += 1
            for outer in self._waiting:
                if outer.kind == kind:
                    self._waiting.remove(outer)
                    return outer
        return None

    def _give_back(self, outer: _Outer, *, sound: bool) -> None:
        surplus = [] if sound else [outer]
        with self._returned:
            self._lent[outer.kind] -= 1
            if sound:
                self._waiting.append(outer)
            while len(self._waiting) > (0 if self._closed else self.size):
                surplus.append(self._waiting.popleft())
            self._returned.notify()
        for old in surplus:
            old.inner.kill()

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._returned:
            self._closed = True
            waiting = list(self._waiting)
            self._waiting.clear()
        for outer in waiting:
            outer.inner.kill()

    def _open(self, specification: Specification, kind: Specification) -> _Outer:
        opened = self.inner.open(specification, lambda control, _: _command(specification, control))
        opened.environment = replace(opened.environment, isolation=self.isolation)
        return _Outer(opened, kind, self)


@dataclass(frozen=True, eq=False)
class _Outer:
    """A preloaded sandbox. It serves one worker at a time."""

    inner: pipes.LocalSandbox
    kind: Specification
    nursery: Nursery

    def fork(self) -> _Forked:
        """Have a worker forked. Raises OSError if the sandbox has ended."""
        control, control_end = socket.socketpair()
        data, data_end = socket.socketpair()
        with control_end, data_end:
            try:
                socket.send_fds(self.inner.control, [b"f"], [control_end.fileno(), data_end.fileno()])
            except OSError:
                control.close()
                data.close()
                self.inner.kill()
                raise
        return _Forked(self, control, data)


class _Forked:
    """One worker in a preloaded sandbox; see the protocol of sandboxes."""

    def __init__(self, outer: _Outer, control: socket.socket, data: socket.socket) -> None:
        self.outer = outer
        self.control = control
        self.data = data
        self.environment: Environment = outer.inner.environment
        self._ended = False
        self._lock = threading.Lock()

    def kill(self) -> None:
        """See the protocol. The sandbox itself goes on, unless the worker does not end."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self._hang_up()
            channel = self.outer.inner.control
            channel.settimeout(_DONE_SECONDS)
            try:
                clean = channel.recv(1) == b"d"
            except OSError:
                clean = False
            self.outer.nursery._give_back(self.outer, sound=clean)

    def ending(self) -> Ending:
        """See the protocol. The kernel's word is about the whole sandbox, so it ends with it."""
        with self._lock:
            ending = self.outer.inner.ending()
            if not self._ended:
                self._ended = True
                self._hang_up()
                self.outer.nursery._give_back(self.outer, sound=False)
            return ending

    def log(self) -> bytes:
        """See the protocol."""
        return self.outer.inner.log()

    def _hang_up(self) -> None:
        # The process that runs the checks has copies of both ends, which closing these would not close.
        for channel in (self.control, self.data):
            with contextlib.suppress(OSError):
                channel.shutdown(socket.SHUT_RDWR)
            channel.close()


def _kind(specification: Specification) -> Specification:
    """What a sandbox is made for: times are kept by the trusted side, so they make no difference to it."""
    return replace(specification, limits=replace(specification.limits, seconds=0.0, run_seconds=0.0))


def _command(specification: Specification, channel: int) -> list[str]:
    """The command line of the process in the sandbox; see outer.py."""
    config = launch.worker_config(
        specification,
        transport={},
        own_pids=False,  # it shares them with the process that forks
        kill_is_final=True,
        rlimits={"NPROC": specification.limits.processes + 8},
    )
    told = {
        "channel": channel,
        "config": config,
        "first": [WORKER],
        "last": [SITE],
    }
    text = Path(__file__).with_name("outer.py").read_text(encoding="utf-8")
    return [host_python.EXECUTABLE, "-P", "-s", "-S", "-B", "-c", text, json.dumps(told)]
