"""Names of files inside a submission: which are taken, which are refused, how they are shown.

Names come from candidates, so nothing here reaches a file system with one that has not
been through `checked`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from grader.errors import SubmissionError
from grader.submission.caps import Caps

NOTEBOOK = ".ipynb"
TAKEN = frozenset({".py", ".csv", ".tsv", ".json", ".txt", ".npy"})
IGNORED = frozenset({"__pycache__", "__macosx", "node_modules", "venv"})
SHOWN = 200  # characters
COMPONENT = 255  # bytes, the limit of every common file system


def shown(name: object) -> str:
    """A name for a message: printable, bounded, quoted where it had to be changed."""
    text = str(name)
    if len(text) > SHOWN:
        text = text[: SHOWN // 2] + "\N{HORIZONTAL ELLIPSIS}" + text[-SHOWN // 2 :]
    return text if text.isprintable() else repr(text)


def checked(name: str, where: str) -> str:
    """The name as a relative POSIX path without "." parts.

    Raises SubmissionError for absolute paths, "..", characters that do not print, and
    names that no file system takes.
    """
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        raise SubmissionError(
            f"{where}: {shown(name)} is an absolute path. Pack the files by relative names."
        )
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise SubmissionError(f"{where}: {shown(name)} leads out of its folder. Pack the files without '..'.")
    if not parts or not name.isprintable():
        raise SubmissionError(f"{where}: the file name {shown(name)} cannot be used. Rename the file.")
    if any(len(part.encode("utf-8")) > COMPONENT for part in parts):
        raise SubmissionError(f"{where}: the file name {shown(name)} is too long. Rename the file.")
    return "/".join(parts)


def ignored(name: str) -> bool:
    """Whether a part of the name is hidden, a cache or an environment."""
    return any(part.startswith(".") or part.casefold() in IGNORED for part in name.split("/"))


def taken(name: str) -> bool:
    """Whether a file of that name belongs to a submission: source, data, a notebook at the top."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in TAKEN or (suffix == NOTEBOOK and "/" not in name)


def refuse_deep(name: str, where: str, caps: Caps) -> None:
    if name.count("/") > caps.depth:
        raise SubmissionError(
            f"{where}: {shown(name)} is more than {caps.depth} folders deep. Put the files nearer to the top."
        )


def refuse_clashes(names: Iterable[str], where: str) -> None:
    """Refuse names that would fall on one another where a file system ignores case or composition."""
    seen: dict[str, str] = {}
    for name in names:
        key = _folded(name)
        if key in seen:
            raise SubmissionError(
                f"{where}: {shown(seen[key])} and {shown(name)} have the same name "
                "(capitals are not told apart). Remove or rename one of them."
            )
        seen[key] = name
    for name in seen.values():
        for parent in PurePosixPath(name).parents:
            if _folded(str(parent)) in seen:
                raise SubmissionError(
                    f"{where}: {shown(parent)} is both a file and a folder. Rename one of them."
                )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
