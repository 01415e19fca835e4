"""Where a container meets the grader: a Unix socket in a folder that both can see.

The folder exists until both channels are connected. Its name carries its owner, so that
what a killed grader left behind is found.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import tempfile
import threading
import time
from pathlib import Path

from grader.sandbox.owner import is_alive, me

SOCKET = "s"
_PREFIX = "ml-grader-sock-"
_POLL_SECONDS = 0.05
_NAMES = (b"c", b"d")  # what a worker sends first: which channel this is

Channels = tuple[socket.socket, socket.socket]


class Meeting:
    """A listening socket in a folder of its own; a context manager that removes both."""

    def __init__(self) -> None:
        # Nobody else on this machine gets past the outer folder; the container sees the inner one.
        self._outer = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{me()}-"))
        self.folder = self._outer / "run"
        try:
            self.folder.mkdir()
            self.folder.chmod(0o755)
            self._listener = _listen(self.folder)
        except BaseException:
            shutil.rmtree(self._outer, ignore_errors=True)
            raise

    def __enter__(self) -> Meeting:
        return self

    def __exit__(self, *details: object) -> None:
        self._listener.close()
        shutil.rmtree(self._outer, ignore_errors=True)

    def wait(self, seconds: float, ended: threading.Event) -> Channels | None:
        """The worker's control and data connections.

        None if they do not come within `seconds`, or the worker ended before.
        """
        deadline = time.monotonic() + seconds
        found: dict[bytes, socket.socket] = {}
        try:
            while len(found) < len(_NAMES):
                over = ended.is_set() or time.monotonic() > deadline
                if not self._accept(found) and over:
                    return None
            control, data = (found.pop(name) for name in _NAMES)
            return control, data
        finally:
            for channel in found.values():
                channel.close()

    def _accept(self, found: dict[bytes, socket.socket]) -> bool:
        """Take one connection that waits; False if there is none."""
        try:
            channel, _ = self._listener.accept()
        except TimeoutError:
            return False
        try:
            channel.settimeout(1)
            name = channel.recv(1)
            channel.settimeout(None)
        except OSError:
            name = b""
        if name in _NAMES and name not in found:
            found[name] = channel
        else:
            channel.close()
        return True


def leftovers(parent: Path | None = None) -> int:
    """Remove the folders of graders that no longer run; how many there were."""
    removed = 0
    for path in (parent or Path(tempfile.gettempdir())).glob(f"{_PREFIX}*"):
        owner = path.name.removeprefix(_PREFIX).rpartition("-")[0]
        if _is_ours(path) and not is_alive(owner):
            shutil.rmtree(path, ignore_errors=True)
            removed += 1
    return removed


def _listen(folder: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        # By way of the descriptor: a socket's address has room for 107 bytes only.
        listener.bind(f"/proc/self/fd/{handle}/{SOCKET}")
        (folder / SOCKET).chmod(0o666)
        listener.listen(len(_NAMES))
        listener.settimeout(_POLL_SECONDS)
    except BaseException:
        listener.close()
        raise
    finally:
        os.close(handle)
    return listener


def _is_ours(path: Path) -> bool:
    """A folder of this user, not a link that somebody put there."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
