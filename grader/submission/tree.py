"""What a folder and an archive have in common: several files, one of which is run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from grader.errors import SubmissionError
from grader.model import Submission
from grader.submission import notebook
from grader.submission.build import build, refuse_other_than_source
from grader.submission.caps import Caps, size
from grader.submission.naming import NOTEBOOK, refuse_clashes, refuse_deep, shown

Read = Callable[[str, int], bytes]  # a file's name and how many bytes of it at most


def collect(where: str, name: str, names: Iterable[str], read: Read, entry: str, caps: Caps) -> Submission:
    """Read the files `names` (checked and taken) into a Submission.

    `where` is how messages call the folder or archive, `name` what the submission is
    called. Raises SubmissionError for clashing names, for no or several entries, and
    for anything over a cap.
    """
    found = sorted(names)
    for one in found:
        refuse_deep(one, where, caps)
    refuse_clashes(found, where)
    start = choose(found, entry, where)
    wanted = [one for one in found if _suffix(one) != NOTEBOOK]
    if len(wanted) > caps.files:
        raise SubmissionError(
            f"{where} holds {len(wanted)} files; {caps.files} are allowed. Leave out what is not needed."
        )
    files = _contents(where, wanted, read, caps)
    if _suffix(start) == NOTEBOOK:
        inside = f"{where}/{shown(start)}"
        content = read(start, caps.notebook + 1)
        return build(name, start, files.items(), notebook.cells(content, inside, caps))
    refuse_other_than_source(files[start], f"{where}/{shown(start)}")
    return build(name, start, files.items())


def choose(names: list[str], entry: str, where: str) -> str:
    """Which file is run: `entry`, a notebook of that stem, the one notebook, the one Python file."""
    top = [name for name in names if "/" not in name]
    sources = [name for name in top if _suffix(name) == ".py"]
    notebooks = [name for name in top if _suffix(name) == NOTEBOOK]
    for favourite in (entry, PurePosixPath(entry).stem + NOTEBOOK):
        if favourite in top:
            return favourite
    if len(notebooks or sources) == 1:
        return (notebooks or sources)[0]
    if notebooks or sources:
        several = "notebooks" if notebooks else "Python files"
        wanted = PurePosixPath(entry).stem + (NOTEBOOK if notebooks else ".py")
        raise SubmissionError(
            f"{where} holds several {several} ({_listed(notebooks or sources)}). "
            f"Call the one to grade {wanted}, or give it alone."
        )
    below = [name for name in names if _suffix(name) == ".py"]
    hint = f" There is {_listed(below)} further down: give that folder instead." if below else ""
    raise SubmissionError(f"{where} holds no {entry} and no notebook.{hint}")


def _contents(where: str, names: list[str], read: Read, caps: Caps) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    left = caps.total
    for name in names:
        cap = min(left, caps.source) if _suffix(name) == ".py" else left
        content = read(name, cap + 1)
        if len(content) > cap < left:
            raise SubmissionError(
                f"{where}/{shown(name)} is larger than {size(cap)}, the limit for one Python file."
            )
        if len(content) > cap:
            raise SubmissionError(
                f"{where} holds more than {size(caps.total)} ({shown(name)} is over the limit). "
                "Leave out what is not needed."
            )
        contents[name] = content
        left -= len(content)
    return contents


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(shown(name) for name in names[:3]) + more


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
