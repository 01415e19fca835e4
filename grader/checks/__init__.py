"""What authors of checks import: comparators that no answer can fool by its kind or shape."""

from __future__ import annotations

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
