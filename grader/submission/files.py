"""Opening what somebody named on the command line: once, without following a link."""

from __future__ import annotations

import difflib
import errno
import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.errors import SubmissionError
from grader.submission.naming import NOTEBOOK, shown

# O_NONBLOCK: opening a named pipe must not wait for a writer.
NO_LINKS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
SUFFIXES = (".py", NOTEBOOK, ".zip")


@dataclass(slots=True)
class Descriptor:
    """An open file descriptor that `contextlib.closing` can close."""

    number: int

    def close(self) -> None:
        os.close(self.number)


def open_path(path: Path) -> Descriptor:
    """Open a file or folder for reading. Raises SubmissionError."""
    try:
        return Descriptor(os.open(path, NO_LINKS))
    except FileNotFoundError:
        raise SubmissionError(_not_found(path)) from None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            message = f"{shown(path)} is a symbolic link. Give the file or folder that it points to."
            raise SubmissionError(message) from error
        raise SubmissionError(f"{shown(path)} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # a NUL in the path
        raise SubmissionError(f"{shown(path)} is not a path.") from error


def read_up_to(descriptor: int, limit: int) -> bytes:
    """The first `limit` bytes, or all there are; the caller asks for one more than is allowed."""
    with open(descriptor, "rb", closefd=False) as stream:
        return stream.read(limit)


def _not_found(path: Path) -> str:
    parent = path.parent
    try:
        with os.scandir(parent) as entries:
            near = [
                entry.name
                for entry in islice(entries, 10_000)
                if entry.name.endswith(SUFFIXES) or entry.is_dir(follow_symlinks=False)
            ]
    except OSError:
        return f"{shown(path)} does not exist; neither does the folder {shown(parent)}. Check the path."
    close = difflib.get_close_matches(path.name, sorted(near), n=3)
    if not close:
        return f"{shown(path)} does not exist. Check the path."
    return (
        f"{shown(path)} does not exist. Did you mean {' or '.join(shown(parent / name) for name in close)}?"
    )
