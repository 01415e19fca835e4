"""One value in a few words: a cell of a table, a label, a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.checks.candidate import Handle
from grader.checks.kinds import VALUE_LIMIT, is_array, kind_of, pandas_kind, scalar_family, show


def kind(value: Any) -> str:
    """What kind of value it is, in words; "" for a plain scalar, whose text says it."""
    if scalar_family(value):
        return ""
    name = pandas_kind(value)
    if name == "DataFrame":
        return f"a DataFrame of {value.shape[0]} rows and {value.shape[1]} columns"
    if name:
        return f"{'an Index' if name == 'Index' else 'a Series'} of {len(value)}"
    return kind_of(value)


def text(value: Any, width: int = VALUE_LIMIT) -> str:
    """A value in at most `width` characters."""
    whole = "".join(_pieces(value, width, 0))
    return whole if len(whole) <= width else whole[: width - 3] + "..."


def label(value: Any, width: int = VALUE_LIMIT) -> str:
    """The label of a row or a column: as a value, but text without quotes."""
    if scalar_family(value) == "str":
        return str(value[:width]) if len(value) <= width else str(value[: width - 3]) + "..."
    return text(value, width)


def _pieces(value: Any, width: int, depth: int) -> Iterator[str]:
    """The text of a value piece by piece, so that no more is made than is shown."""
    family = scalar_family(value)
    if family == "float":
        yield _number(float(value))
    elif family in ("datetime", "timedelta"):
        yield str(value)
    elif family:
        yield show(value)
    elif type(value) in (list, tuple, set, frozenset, dict) and depth < 4:
        opening, closing = "[]" if type(value) is list else "()" if type(value) is tuple else "{}"
        yield opening
        length = 1
        for number, item in enumerate(value):
            piece = "".join(_pieces(item, width, depth + 1))
            if type(value) is dict:
                piece += ": " + "".join(_pieces(value[item], width, depth + 1))
            piece = f", {piece}" if number else piece
            yield piece
            length += len(piece)
            if length > width:
                return
        yield ",)" if type(value) is tuple and len(value) == 1 else closing
    elif is_array(value) or pandas_kind(value):
        yield kind(value)
    else:
        yield f"<{value._kind}>" if type(value) is Handle else "..."


def _number(value: float) -> str:
    """A float to six digits, recognisable as a float."""
    text = f"{value:.6g}"
    return text if any(sign in text for sign in ".en") else f"{text}.0"
