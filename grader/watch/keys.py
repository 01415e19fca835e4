"""Single keys from a terminal, which is given back as it was, whatever happens."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from grader.watch.events import Keys


@contextmanager
def keyboard(stream: TextIO, redraw: Callable[[], None]) -> Iterator[Keys | None]:
    """The keys of the terminal that `stream` reads from; None if it reads from something else.

    `redraw` is called after the program was stopped and continued, and when the terminal's size has changed.
    """
    if not stream.isatty():
        yield None
    elif sys.platform == "win32":
        yield _Console()
    else:
        with _terminal(stream.fileno(), redraw) as keys:
            yield keys


if sys.platform == "win32":
    import msvcrt

    class _Console:
        """Windows' console, which is asked again and again."""

        descriptor: int | None = None

        def read(self) -> list[str]:
            found = []
            while msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in ("\x00", "\xe0"):
                    msvcrt.getwch()  # a function or arrow key comes as two
                elif key == "\x03":
                    raise KeyboardInterrupt
                else:
                    found.append(key)
            return found

else:
    import termios
    import tty

    class _Terminal:
        def __init__(self, descriptor: int) -> None:
            self.descriptor: int | None = descriptor

        def read(self) -> list[str]:
            assert self.descriptor is not None
            try:
                data = os.read(self.descriptor, 64)
            except OSError:  # the terminal is gone
                return [""]
            if not data:
                return [""]
            text = data.decode("utf-8", "replace")
            # An arrow or function key is a sequence; escape alone is a key.
            return [text] if text == "\x1b" else [key for key in text if "\x1b" not in text]

    @contextmanager
    def _terminal(descriptor: int, redraw: Callable[[], None]) -> Iterator[_Terminal]:
        """The terminal in cbreak mode: keys come singly and unseen; ctrl-c and ctrl-z mean what they mean."""
        before = termios.tcgetattr(descriptor)

        def take() -> None:
            tty.setcbreak(descriptor, termios.TCSADRAIN)

        def give_back() -> None:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

        def stop(number: int, _: FrameType | None) -> None:
            give_back()
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)  # the program stands still in this line
            signal.signal(signal.SIGTSTP, stop)
            take()
            redraw()

        handlers = {signal.SIGTSTP: stop, signal.SIGWINCH: lambda number, _: redraw()}
        earlier = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            take()
            yield _Terminal(descriptor)
        finally:
            for number, handler in earlier.items():
                signal.signal(number, handler)
            give_back()
