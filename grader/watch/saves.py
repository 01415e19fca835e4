"""Noticing that a file in a folder was saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

# Milliseconds. After a change the watcher waits until nothing more has changed for a step: an editor may
# write a file in pieces, or beside the old one and then rename it.
_STEP, _DEBOUNCE, _LOOK_AGAIN = 10, 60, 1000
_SUFFIXES = (".py", ".ipynb")


class Saves:
    """Calls `saved` from a thread of its own when a source file in `folder` was written, replaced or removed.

    The folder itself may go and come back.
    """

    def __init__(self, folder: Path, saved: Callable[[], None]) -> None:
        self.folder = folder
        self._saved = saved
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="waits for saves", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._over.set()
        self._thread.join(2.0)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._watch()
            except (FileNotFoundError, NotADirectoryError):
                self._over.wait(_LOOK_AGAIN / 1000)

    def _watch(self) -> None:
        from watchfiles import watch

        identity = _identity(self.folder)
        changes = watch(
            self.folder,
            watch_filter=None,
            step=_STEP,
            debounce=_DEBOUNCE,
            rust_timeout=_LOOK_AGAIN,
            yield_on_timeout=True,
            stop_event=self._over,
            raise_interrupt=False,
            recursive=False,
        )
        for found in changes:
            if any(path.endswith(_SUFFIXES) for _, path in found):
                self._saved()
            if _identity(self.folder) != identity:
                self._saved()
                return


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
