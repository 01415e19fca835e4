"""The last step of reading: a Submission with its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from grader.errors import SubmissionError
from grader.model import Cell, Submission
from grader.submission.caps import KIB

UTF16 = (b"\xff\xfe", b"\xfe\xff")


def build(
    name: str, entry: str, files: Iterable[tuple[str, bytes]], cells: tuple[Cell, ...] = ()
) -> Submission:
    """A Submission of these parts; files are put in order of their names."""
    ordered = tuple(sorted(files))
    return Submission(
        name=name, entry=entry, files=ordered, digest=digest(entry, ordered, cells), cells=cells
    )


def digest(entry: str, files: Iterable[tuple[str, bytes]], cells: Iterable[Cell]) -> str:
    """SHA-256 over everything that runs, each part behind its length.

    The name under which the submission was handed in is not part of it: the same code
    has the same digest.
    """
    total = hashlib.sha256()

    def add(part: bytes) -> None:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)

    add(entry.encode("utf-8"))
    for path, content in files:
        add(b"file")
        add(path.encode("utf-8"))
        add(content)
    for cell in cells:
        add(b"cell")
        add(str(cell.number).encode("ascii"))
        add(cell.source.encode("utf-8"))
    return "sha256:" + total.hexdigest()


def refuse_other_than_source(content: bytes, where: str) -> None:
    """Refuse an entry file that is empty or not text. Python itself is parsed in the sandbox only."""
    if not content.strip():
        raise SubmissionError(f"{where} is empty. Save your code and try again.")
    if content.startswith(UTF16):
        raise SubmissionError(f"{where} is UTF-16 text. Save it as UTF-8.")
    if b"\0" in content[:KIB]:
        raise SubmissionError(f"{where} is not a Python source file: it holds binary data.")
