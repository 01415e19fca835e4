"""Reading what a candidate hands in: safely, in memory, without running or parsing any Python.

`read` takes a `.py`, a `.ipynb`, a folder, a `.zip` or "-" and gives a `Submission`. Whether
the code is sound Python is found out in the sandbox.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from grader.errors import SubmissionError
from grader.model import Submission
from grader.submission import notebook
from grader.submission.archive import read_archive
from grader.submission.build import build, refuse_other_than_source
from grader.submission.caps import DEFAULT, Caps, size
from grader.submission.files import open_path, read_up_to
from grader.submission.folder import read_folder
from grader.submission.naming import NOTEBOOK, shown

__all__ = ["STANDARD_INPUT", "Caps", "read"]

STANDARD_INPUT = Path("-")
KINDS = "A submission is a .py or .ipynb file, a folder or a .zip of one"
OTHER_ARCHIVES = (".gz", ".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar")


def read(
    path: Path, entry: str = "solution.py", caps: Caps = DEFAULT, standard_input: BinaryIO | None = None
) -> Submission:
    """Read a submission into memory.

    A single file is taken as `entry` (a notebook as `entry` with the suffix .ipynb)
    whatever it is called, so that a file named like a library hides nothing. "-" reads
    a .py from standard input. In a folder or archive the entry is `entry`, else the one
    notebook, else the one Python file.

    Raises SubmissionError, with what is wrong, where, and what to do.
    """
    if path == STANDARD_INPUT:
        stream = sys.stdin.buffer if standard_input is None else standard_input
        return _source(stream.read(caps.source + 1), "standard input", "standard input", entry, caps)
    where = shown(path)
    name = path.name or path.absolute().name
    with closing(open_path(path)) as opened:
        status = os.fstat(opened.number)
        if stat.S_ISDIR(status.st_mode):
            return read_folder(opened.number, where, name, entry, caps)
        if not stat.S_ISREG(status.st_mode):
            raise SubmissionError(f"{where} is not a regular file. Use - to read from standard input.")
        content = _content(opened.number, path.suffix.lower(), status.st_size, where, caps)
    match path.suffix.lower():
        case ".py":
            return _source(content, where, name, entry, caps)
        case ".zip":
            return read_archive(content, where, name, entry, caps)
        case _:
            cells = notebook.cells(content, where, caps)
            return build(name, PurePosixPath(entry).stem + NOTEBOOK, (), cells)


def _content(descriptor: int, suffix: str, length: int, where: str, caps: Caps) -> bytes:
    """The bytes of a file of a known kind and of allowed size."""
    limits = {".py": caps.source, NOTEBOOK: caps.notebook, ".zip": caps.total}
    if suffix not in limits:
        kind = f"is a {shown(suffix)} file" if suffix else "has no extension"
        advice = " Pack it as a .zip." if suffix in OTHER_ARCHIVES else ""
        raise SubmissionError(f"{where} {kind}. {KINDS}.{advice}")
    limit = limits[suffix]
    try:
        content = b"" if length > limit else read_up_to(descriptor, limit + 1)
    except OSError as error:
        raise SubmissionError(f"{where} cannot be read: {error.strerror or error}.") from error
    length = max(length, len(content))
    if length > limit:
        advice = " Clear its outputs and save it again." if suffix == NOTEBOOK else ""
        raise SubmissionError(
            f"{where} has {size(length)}; {size(limit)} are allowed for a {suffix} file.{advice}"
        )
    return content


def _source(content: bytes, where: str, name: str, entry: str, caps: Caps) -> Submission:
    if len(content) > caps.source:
        raise SubmissionError(f"{where} has more than {size(caps.source)}, the limit for one Python file.")
    refuse_other_than_source(content, where)
    return build(name, entry, [(entry, content)])
