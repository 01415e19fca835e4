"""What to tell a candidate about code that does not load: plain dictionaries, bounded text.

Exceptions here come from the candidate's code. Their classes may lie about everything, so
only the interpreter's own view of the traceback is used, and their text is asked for once.
"""

from __future__ import annotations

import linecache
import os
import re
from collections.abc import Iterator
from itertools import groupby
from types import TracebackType
from typing import Any

Problem = dict[str, Any]  # kind, text, line, cell

TEXT = 4096  # bytes
EXCERPT = 160  # characters
OWN_LINES = 10
CELL_FILE = re.compile(r"[^/]+\.ipynb cell \d+")


def problem(kind: str, text: str, line: int | None = None, cell: int | None = None) -> Problem:
    """A problem as it goes over the wire: `kind` is "load", "cell" or "missing"."""
    return {"kind": kind, "text": bounded(text), "line": line, "cell": cell}


def bounded(text: str, limit: int = TEXT) -> str:
    """At most `limit` bytes of the text, as valid Unicode."""
    raw = text[:limit].encode("utf-8", "replace")
    return raw[:limit].decode("utf-8", "ignore")


def described(error: BaseException) -> str:
    """Type and message of an exception, such as "ValueError: k must be positive"."""
    name = type.__dict__["__name__"].__get__(type(error))
    try:
        message = str.__str__(str(error))
    except BaseException:  # the candidate's own __str__
        message = "(its message cannot be shown)"
    return bounded(f"{name}: {message}" if message else name)


def failure(kind: str, error: BaseException, filename: str, folder: str, cell: int | None = None) -> Problem:
    """The problem for an exception while `filename` was loaded.

    `line` is the line of that file which was running; where the exception came from a
    helper module the text names its line as well.
    """
    own = [frame for frame in _frames(error) if _is_own(frame[0], folder)]
    if _is(error, SyntaxError):
        name, line, *_ = _syntax(error)
        if name == filename:
            return refusal(kind, error, cell)
        if line is not None and _is_own(name, folder):
            own.append((name, line))
    line = next((number for name, number in reversed(own) if name == filename), None)
    text = described(error)
    if _is(error, SystemExit):
        text += " (it ends the program)"
    if _is(error, ModuleNotFoundError):
        text += " (only the packages that the challenge lists are installed)"
    if own and own[-1][0] != filename:
        text += f" (in {_short(own[-1][0], folder)}, line {own[-1][1]})"
    if own:
        text += _excerpt(linecache.getline(*own[-1]))
    return problem(kind, _place(cell, line) + text, line, cell)


def refusal(kind: str, error: BaseException, cell: int | None = None) -> Problem:
    """The problem for source that does not compile: "line 12: invalid syntax" and the line."""
    if not _is(error, SyntaxError):
        return problem(kind, _place(cell, None) + described(error), None, cell)
    _, line, message, source, offset = _syntax(error)
    return problem(kind, _place(cell, line) + message + _excerpt(source, offset), line, cell)


def own_lines(error: BaseException, folder: str) -> list[tuple[str, int, str]]:
    """Where the exception passed through the candidate's own files and cells.

    (file, line, source) from the outermost call to where it was raised, the last ten.
    Files are relative to `folder`, the source is stripped and bounded. A line stands there once, though a
    comprehension in it has a frame of its own in some versions of Python.
    """
    own = [frame for frame, _ in groupby(frame for frame in _frames(error) if _is_own(frame[0], folder))]
    return [
        (_short(name, folder), line, linecache.getline(name, line).strip()[:EXCERPT])
        for name, line in own[-OWN_LINES:]
    ]


def _is(error: BaseException, kind: type[BaseException]) -> bool:
    """As isinstance, which would ask the exception itself for its class."""
    return issubclass(type(error), kind)


def _frames(error: BaseException) -> Iterator[tuple[str, int]]:
    """File and line of each frame, outermost first."""
    trace: TracebackType | None = BaseException.__dict__["__traceback__"].__get__(error)
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno or 0
        trace = trace.tb_next


def _is_own(name: str, folder: str) -> bool:
    return name.startswith(folder + os.sep) or CELL_FILE.fullmatch(name) is not None


def _short(name: str, folder: str) -> str:
    return bounded(name.removeprefix(folder + os.sep), EXCERPT)


def _syntax(error: BaseException) -> tuple[str, int | None, str, str, int | None]:
    """File, line, message, source line and column; candidates may put anything in them."""
    name, line, text, offset = (
        SyntaxError.__dict__[key].__get__(error) for key in ("filename", "lineno", "text", "offset")
    )
    message = SyntaxError.__dict__["msg"].__get__(error)
    return (
        name if type(name) is str else "",
        line if type(line) is int and line > 0 else None,
        message if type(message) is str else "invalid syntax",
        text if type(text) is str else "",
        offset if type(offset) is int else None,
    )


def _place(cell: int | None, line: int | None) -> str:
    """Where it happened, as far as that is known: "cell 3, line 2: "."""
    parts = [f"{word} {number}" for word, number in (("cell", cell), ("line", line)) if number is not None]
    return ", ".join(parts) + ": " if parts else ""


def _excerpt(source: str, offset: int | None = None) -> str:
    """The source line, indented, with a mark under the column (counted from 1)."""
    line = source.rstrip()
    text = line.lstrip()[:EXCERPT]
    if not text:
        return ""
    column = (offset or 0) - (len(line) - len(line.lstrip()))
    mark = f"\n    {' ' * (column - 1)}^" if 1 <= column <= len(text) + 1 else ""
    return f"\n    {text}{mark}"
