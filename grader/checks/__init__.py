"""What authors of checks import: comparators that no answer can fool by its kind or shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.checks.candidate import CandidateError, attribute
    from grader.checks.compare import (
        array,
        between,
        boolean,
        close,
        equal,
        frame,
        holds,
        integer,
        labels_match,
        number,
        raises,
        same_rows,
        series,
        text,
    )

__all__ = [
    "CandidateError",
    "array",
    "attribute",
    "between",
    "boolean",
    "close",
    "equal",
    "frame",
    "holds",
    "integer",
    "labels_match",
    "number",
    "raises",
    "same_rows",
    "series",
    "text",
]


def __getattr__(name: str) -> object:
    """Comparators are imported when they are first used: they need numpy, the grading process does not."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from grader.checks import candidate, compare

    return getattr(candidate if hasattr(candidate, name) else compare, name)
