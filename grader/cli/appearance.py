"""What the stream that a report is printed on can show."""

from __future__ import annotations

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
