"""The folders that candidate code may write to, put back after every check."""

from __future__ import annotations

import os
import shutil

Listing = dict[str, tuple[int, int, int, int]]


def listing(folders: list[str]) -> Listing:
    """`folders` and every path below them with what changes when it is touched; links are not followed."""
    found: Listing = {}
    waiting = [folder for folder in folders if os.path.isdir(folder)]
    for folder in waiting:
        found[folder] = _state(os.lstat(folder))
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                found[entry.path] = _state(entry.stat(follow_symlinks=False))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
    return found


def _state(status: os.stat_result) -> tuple[int, int, int, int]:
    # The time of the last change is the one time that nobody can set; whatever else is changed moves it.
    return status.st_mode, status.st_size, status.st_ino, status.st_ctime_ns


def changed(folders: list[str], before: Listing) -> bool:
    """Whether anything in `folders` is not as it was; what cannot be read has changed."""
    try:
        return listing(folders) != before
    except OSError:
        return True


def empty(folders: dict[str, int]) -> None:
    """Remove everything below `folders`, whatever modes it was given, and give them back their own."""
    for folder, mode in folders.items():
        if os.stat(folder).st_mode != mode:
            os.chmod(folder, mode & 0o7777)
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
