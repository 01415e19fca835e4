"""What happens while an answer is watched, and the inbox in which it arrives."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from grader.model import Report, Submission

_POLL = 0.03  # seconds between two looks at a keyboard that cannot be waited for


@dataclass(frozen=True, slots=True)
class Job:
    """An answer to be checked, or graded as a whole. A job with a higher number is the newer one."""

    number: int
    slug: str
    submission: Submission
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """Something in the watched folder has changed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A job is done: with a report on the checks `ran`, or with what kept it from being done."""

    job: Job
    report: Report | None
    ran: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What a job is at."""

    job: Job
    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key; "" if there is no keyboard any more."""

    key: str


@dataclass(frozen=True, slots=True)
class Redraw:
    """The screen has another size, or was used by another program."""


Event = Saved | Checked | Step | Pressed | Redraw


class Keys(Protocol):
    """Where keys come from. `descriptor` can be waited for, unless it is None."""

    descriptor: int | None

    def read(self) -> list[str]:
        """The keys that were pressed, without waiting; "" at the end of the input."""


class Inbox:
    """Events from any thread, for one that waits for them and for keys."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque()
        self._near, self._far = socket.socketpair()
        self._far.setblocking(False)

    def put(self, event: Event) -> None:
        """Add an event. May be called from threads and from handlers of signals."""
        self._events.append(event)
        with contextlib.suppress(BlockingIOError, OSError):  # full: whoever waits wakes up anyway
            self._far.send(b".")

    def wait(self, keys: Keys | None, seconds: float | None = None) -> list[Event]:
        """What has happened; nothing if that took longer than `seconds`."""
        end = None if seconds is None else time.monotonic() + seconds
        while not self._events:
            left = None if end is None else max(0.0, end - time.monotonic())
            pressed = self._wait(keys, left)
            if pressed:
                return [Pressed(key) for key in pressed]
            if end is not None and time.monotonic() >= end:
                break
        found = [*self._events]
        for _ in found:
            self._events.popleft()
        return found

    @contextmanager
    def woken_by_signals(self) -> Iterator[None]:
        """Have a signal end a wait, for the main thread.

        One that comes just before the wait begins, or that the kernel gives to another thread, would be
        noticed only when the wait ends for another reason.
        """
        earlier = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(earlier)

    def close(self) -> None:
        """Free what it holds."""
        self._near.close()
        self._far.close()

    def _wait(self, keys: Keys | None, seconds: float | None) -> list[str]:
        if keys is not None and keys.descriptor is None:
            seconds = _POLL if seconds is None else min(seconds, _POLL)
        waited: list[socket.socket | int] = [self._near]
        if keys is not None and keys.descriptor is not None:
            waited.append(keys.descriptor)
        ready = select.select(waited, [], [], seconds)[0]
        if self._near in ready:
            self._near.recv(4096)
        if keys is not None and (keys.descriptor is None or keys.descriptor in ready):
            return keys.read()
        return []
