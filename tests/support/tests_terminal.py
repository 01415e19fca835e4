"""A program on a terminal of 80 columns and 24 lines, with somebody who answers its questions."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9])")


def on_a_terminal(
    words: Sequence[str],
    answers: Sequence[tuple[str, str]] = (),
    *,
    cwd: Path,
    environment: Mapping[str, str],
    seconds: float = 60.0,
) -> tuple[int, str]:
    """The exit code, and all that was shown, without escape sequences.

    `answers` are pairs of a text that is waited for and what is typed then.
    """
    near, far = os.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        words,
        stdin=far,
        stdout=far,
        stderr=far,
        cwd=cwd,
        env={"TERM": "xterm", **environment},
        close_fds=True,
    )
    os.close(far)
    shown, waiting, end = "", list(answers), time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            if select.select([near], [], [], 0.1)[0]:
                try:
                    piece = os.read(near, 65536)
                except OSError:  # Linux says so when the other end is closed
                    break
                if not piece:
                    break
                shown += piece.decode("utf-8", "replace")
                if waiting and waiting[0][0] in shown:
                    os.write(near, waiting.pop(0)[1].encode())
        return process.wait(max(0.1, end - time.monotonic())), _ESCAPES.sub("", shown).replace("\r\n", "\n")
    finally:
        process.kill()
        process.wait()
        os.close(near)
