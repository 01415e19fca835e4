"""The folders that candidate code may write to, put back after every check."""

from __future__ import annotations

import os
import shutil
import stat

Listing = dict[str, tuple[int, int, int, int]]


def listing(folders: list[str]) -> Listing:
    """Every path below `folders` with what changes when it is touched; links are not followed."""
    found: Listing = {}
    waiting = [folder for folder in folders if os.path.isdir(folder)]
    while waiting:
        folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                state = entry.stat(follow_symlinks=False)
                modified = 0 if stat.S_ISDIR(state.st_mode) else state.st_mtime_ns
                found[entry.path] = (state.st_mode, state.st_size, state.st_ino, modified)
                if stat.S_ISDIR(state.st_mode):
                    waiting.append(entry.path)
    return found


def changed(folders: list[str], before: Listing) -> bool:
    """Whether anything below `folders` is not as it was; what cannot be read has changed."""
    try:
        now = listing(folders)
    except OSError:
        return True
    if now.keys() != before.keys():
        return True
    # The size of a folder says nothing that its entries do not.
    return any(
        now[path] != state and not (stat.S_ISDIR(state[0]) and now[path][0] == state[0])
        for path, state in before.items()
    )


def empty(folders: list[str]) -> None:
    """Remove everything below `folders`, whatever modes it was given."""
    for folder in folders:
        if not os.path.isdir(folder):
            continue
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path, onerror=_make_writable)
            else:
                os.unlink(path)


def _make_writable(function: object, path: str, _: object) -> None:
    for place in (os.path.dirname(path), path):
        if not os.path.islink(place):
            os.chmod(place, 0o700)
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)
