"""A folder as a submission: regular files only, links never followed.

Everything is opened relative to the descriptor of the folder above it, so nobody can
swap a part of the path for a link between looking and reading.
"""

from __future__ import annotations

import os
import stat
from contextlib import closing

from grader.errors import SubmissionError
from grader.model import Submission
from grader.submission.caps import Caps
from grader.submission.files import NO_LINKS, Descriptor, read_up_to
from grader.submission.naming import checked, ignored, refuse_deep, shown, taken
from grader.submission.tree import collect


def read_folder(descriptor: int, where: str, name: str, entry: str, caps: Caps) -> Submission:
    """Read the folder open at `descriptor`. Raises SubmissionError."""
    try:
        names = _names(descriptor, where, caps)
        return collect(where, name, names, lambda one, limit: _read(descriptor, one, limit), entry, caps)
    except OSError as error:
        raise SubmissionError(f"{where} cannot be read: {error.strerror or error}.") from error


def _names(descriptor: int, where: str, caps: Caps) -> list[str]:
    """The files that belong to the submission, as relative POSIX paths."""
    names: list[str] = []
    folders = [""]
    seen = 0
    while folders:
        folder = folders.pop()
        with closing(_open(descriptor, folder)) as opened, os.scandir(opened.number) as entries:
            for found in entries:
                seen += 1
                if seen > caps.entries:
                    raise SubmissionError(
                        f"{where} holds more than {caps.entries} files. Give one with the submission alone."
                    )
                name = folder + found.name
                if ignored(found.name):
                    continue
                if found.is_dir(follow_symlinks=False):
                    folders.append(name + "/")
                    refuse_deep(name + "/", where, caps)
                elif found.is_file(follow_symlinks=False) and taken(name):
                    names.append(checked(name, where))
    return names


def _open(descriptor: int, path: str) -> Descriptor:
    """Open a path below the folder, part by part, so that no part of it can be a link."""
    current = Descriptor(os.open(".", NO_LINKS, dir_fd=descriptor))
    for part in path.rstrip("/").split("/") if path else ():
        with closing(current) as parent:
            current = Descriptor(os.open(part, NO_LINKS, dir_fd=parent.number))
    return current


def _read(descriptor: int, name: str, limit: int) -> bytes:
    with closing(_open(descriptor, name)) as opened:
        if not stat.S_ISREG(os.fstat(opened.number).st_mode):
            raise SubmissionError(f"{shown(name)} is not a regular file.")
        return read_up_to(opened.number, limit)
