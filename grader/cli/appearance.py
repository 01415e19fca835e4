"""What the stream that a report is printed on can show."""

from __future__ import annotations

import codecs
import io
import os
import shutil
from collections.abc import Mapping
from typing import Any, TextIO

PLAIN = {"width": 80, "color": False, "unicode": True}  # in a file


def of(stream: TextIO, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The terminal renderer's options for a stream.

    Colour on a terminal only, unless FORCE_COLOR is set; never where NO_COLOR is, or TERM is dumb. Both
    variables count if they are not empty.
    """
    terminal = stream.isatty()
    wanted = terminal and environment.get("TERM") != "dumb"
    return {
        "width": shutil.get_terminal_size((80, 24)).columns if terminal or "COLUMNS" in environment else 80,
        "color": not environment.get("NO_COLOR") and bool(environment.get("FORCE_COLOR") or wanted),
        "unicode": (stream.encoding or "").lower().replace("-", "").startswith("utf"),
    }


_PLAIN_SIGNS = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u00b7": "-", "\u2013": "-", "\u2014": "-"}
    | {"\u2026": "...", "\u00d7": "x", "\u2212": "-", "\u2264": "<=", "\u2265": ">=", "\u2192": "->"}
)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """What is printed instead of signs that a stream cannot encode."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end].translate(_PLAIN_SIGNS)
    return "".join(sign if sign.isascii() else "?" for sign in lost), error.end


def print_anywhere(*streams: object) -> None:
    """Have streams that cannot encode everything, such as those of an old terminal, print plainer signs."""
    codecs.register_error("grader-plainer", _plainer)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="grader-plainer")
