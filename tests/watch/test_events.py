"""The inbox: what wakes whoever waits."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from grader.watch.events import Inbox, Pressed, Redraw, Saved


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    made = Inbox()
    yield made
    made.close()


class Pipe:
    """Keys from a pipe."""

    def __init__(self) -> None:
        self.near, self.far = os.pipe()
        self.descriptor: int | None = self.near

    def read(self) -> list[str]:
        return [*os.read(self.near, 64).decode()] or [""]


def test_events_arrive_in_their_order_and_once(inbox: Inbox) -> None:
    inbox.put(Saved())
    inbox.put(Redraw())
    assert inbox.wait(None) == [Saved(), Redraw()]
    assert inbox.wait(None, 0.01) == []


def test_an_event_from_another_thread_ends_a_wait(inbox: Inbox) -> None:
    threading.Timer(0.1, inbox.put, [Saved()]).start()
    assert inbox.wait(None, 10.0) == [Saved()]


def test_more_events_than_a_socket_holds_are_not_lost(inbox: Inbox) -> None:
    for _ in range(20_000):
        inbox.put(Saved())
    assert len(inbox.wait(None)) == 20_000


def test_keys_are_events_and_their_end_is_one(inbox: Inbox) -> None:
    keys = Pipe()
    os.write(keys.far, b"gq")
    assert inbox.wait(keys) == [Pressed("g"), Pressed("q")]
    os.close(keys.far)
    assert inbox.wait(keys) == [Pressed("")]
    os.close(keys.near)


def test_a_keyboard_that_cannot_be_waited_for_is_asked(inbox: Inbox) -> None:
    class Asked:
        descriptor: int | None = None
        times = 0

        def read(self) -> list[str]:
            self.times += 1
            return ["x"] if self.times == 3 else []

    assert inbox.wait(Asked(), 10.0) == [Pressed("x")]


def test_a_signal_that_another_thread_gets_ends_a_wait(inbox: Inbox) -> None:
    seen: list[float] = []
    before = signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(time.monotonic()))

    def elsewhere() -> None:
        time.sleep(0.2)
        # Here and not in the waiting thread, whose system call it does not interrupt.
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)

    thread = threading.Thread(target=elsewhere)
    try:
        with inbox.woken_by_signals():
            thread.start()
            began = time.monotonic()
            inbox.wait(None, 3.0)
        thread.join()
        assert seen
        assert seen[0] - began < 2.0
    finally:
        signal.signal(signal.SIGUSR1, before)
