"""Values and calls as bounded text, for the candidate to see what a visible check did.

What is shown is plain data that crossed the wire, by exact type: no method of the candidate's is called.
A value too large is cut down until it fits, to the rows and columns where it differs if it was compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.candidate import Handle
from grader.checks.cells import kind, text
from grader.checks.grids import Grid, grid, parts
from grader.checks.kinds import is_array, show
from grader.model import ValueShown

GIVEN, RETURNED = 1500, 900  # bytes for all arguments of a call, for what it returned, for what was expected
ARGUMENTS = 8
NAME = 60  # characters of a name, a label or a cell
_SIZES = ((8, 8, NAME), (8, 8, 22), (6, 6, 14), (4, 4, 14), (2, 3, 14))  # rows, columns, characters
_LOOKED_AT = 10_000  # cells, in search of the first that differs
_PIECE = 1 << 16

Same = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of a grid that is shown."""

    rows: range
    columns: range


def shown(name: str, value: Any, room: int) -> ValueShown:
    """A value in at most `room` bytes of text, besides its name and kind."""
    one = grid(value)
    words = _kind(value, one)
    if one is None or 0 in one.shape:
        return ValueShown(name[:NAME], words, value=text(value, NAME) if one is None else "")
    for rows, columns, width in _SIZES:
        window = _Window(range(min(rows, one.shape[0])), range(min(columns, one.shape[1])))
        cells = tuple(tuple(text(one.cell(i, j), width) for j in window.columns) for i in window.rows)
        value_shown = _laid_out(name, words, one, window, cells, width)
        if size(value_shown) <= room:
            return value_shown
    return ValueShown(name[:NAME], words)


def arguments(args: Sequence[Any], kwargs: dict[str, Any]) -> tuple[ValueShown, ...]:
    """What a call was given; positional arguments have their number as name."""
    named = [*((str(i), value) for i, value in enumerate(args)), *kwargs.items()]
    room = GIVEN // max(1, min(len(named), ARGUMENTS))
    found = [shown(name, value, room) for name, value in named[:ARGUMENTS]]
    if len(named) > ARGUMENTS:
        found.append(ValueShown("...", f"{len(named) - ARGUMENTS} more"))
    return tuple(found)


def result(value: Any) -> tuple[ValueShown, ...]:
    """What a call returned, in one part or a few."""
    found = parts(value)
    return tuple(shown(name, part, RETURNED // len(found)) for name, part in found)


def compared(actual: Any, expected: Any, same: Same) -> tuple[tuple[ValueShown, ...], tuple[ValueShown, ...]]:
    """Two values that do not match, part by part, the cells that differ marked in the first.

    Where kind or shape differ nothing can be marked: the check's text says so.
    """
    ours, theirs = parts(actual), parts(expected)
    if [name for name, _ in ours] != [name for name, _ in theirs]:
        return result(actual), result(expected)
    room = RETURNED // len(ours)
    pairs = [
        _pair(name, one, other, same, room) for (name, one), (_, other) in zip(ours, theirs, strict=True)
    ]
    return tuple(one for one, _ in pairs), tuple(other for _, other in pairs)


def size(value: ValueShown) -> int:
    """Bytes of text in a value, as UTF-8."""
    texts = (value.value, *value.columns, *value.index, *(cell for row in value.cells for cell in row))
    return sum(len(text.encode("utf-8", "replace")) for text in texts)


def _pair(name: str, actual: Any, expected: Any, same: Same, room: int) -> tuple[ValueShown, ValueShown]:
    at = _plane(actual, expected, same)
    ours, theirs = grid(actual, at), grid(expected, at)
    if ours is None or theirs is None or ours.shape != theirs.shape or 0 in ours.shape:
        one, other = shown(name, actual, room), shown(name, expected, room)
        if one.value and one.value == other.value:  # they differ where the short text does not reach
            return _scalar(name, actual), _scalar(name, expected)
        return one, other
    first = next(_differing(ours, theirs, same), None)
    for rows, columns, width in _SIZES:
        window = _around(ours.shape, first, rows, columns)
        one, other = _cells(name, (actual, expected), (ours, theirs), window, same, width)
        if max(size(one), size(other)) <= room:
            break
    return one, other


def _cells(
    name: str, values: tuple[Any, Any], grids: tuple[Grid, Grid], window: _Window, same: Same, width: int
) -> tuple[ValueShown, ValueShown]:
    ours, theirs = grids
    marked: list[tuple[int, int]] = []
    texts: tuple[list[tuple[str, ...]], list[tuple[str, ...]]] = ([], [])
    for row, i in enumerate(window.rows):
        line: list[tuple[str, str]] = []
        for column, j in enumerate(window.columns):
            one, other = ours.cell(i, j), theirs.cell(i, j)
            pair = text(one, width), text(other, width)
            if not _matches(one, other, same):
                marked.append((row, column))
                if pair[0] == pair[1]:
                    pair = show(one), show(other)
            line.append(pair)
        for shown_row, both in zip(texts, zip(*line, strict=True), strict=True):
            shown_row.append(both)
    left, right = (
        _laid_out(name, _kind(value, one), one, window, tuple(rows), width)
        for value, one, rows in zip(values, grids, texts, strict=True)
    )
    return replace(left, marked=tuple(marked)), right


def _laid_out(
    name: str,
    words: str,
    one: Grid,
    window: _Window,
    cells: tuple[tuple[str, ...], ...],
    width: int,
) -> ValueShown:
    index = tuple(one.row(i)[:width] for i in window.rows)
    columns = tuple(one.column(j)[:width] for j in window.columns)
    return ValueShown(
        name[:NAME],
        words,
        columns=columns if any(columns) else (),
        index=index if any(index) else (),
        cells=cells,
        left_out=(one.shape[0] - len(window.rows), one.shape[1] - len(window.columns)),
    )


def _around(shape: tuple[int, int], first: tuple[int, int] | None, rows: int, columns: int) -> _Window:
    """The beginning of a grid, unless the first cell that differs is further on."""
    row, column = first or (0, 0)
    return _Window(_reaching(shape[0], row, rows), _reaching(shape[1], column, columns))


def _reaching(length: int, wanted: int, count: int) -> range:
    if wanted < count:
        return range(min(count, length))
    start = max(0, min(wanted - 1, length - count))
    return range(start, min(start + count, length))


def _plane(actual: Any, expected: Any, same: Same) -> tuple[int, ...] | None:
    """Of arrays with more than two axes: where in the first ones the values begin to differ."""
    if not (is_array(actual) and is_array(expected)) or actual.shape != expected.shape or actual.ndim < 3:
        return None
    flat = Grid((1, actual.size), lambda i, j: actual.flat[j], numbers=actual.reshape(1, -1))
    other = Grid((1, actual.size), lambda i, j: expected.flat[j], numbers=expected.reshape(1, -1))
    first = next(_differing(flat, other, same), None)
    if first is None:
        return None
    return tuple(int(i) for i in np.unravel_index(first[1], actual.shape))[:-2]


def _differing(ours: Grid, theirs: Grid, same: Same) -> Iterator[tuple[int, int]]:
    """The cells that differ, by rows, among the first that may."""
    for number, (i, j) in enumerate(_suspects(ours, theirs)):
        if number == _LOOKED_AT:
            return
        if not _matches(ours.cell(i, j), theirs.cell(i, j), same):
            yield i, j


def _suspects(ours: Grid, theirs: Grid) -> Iterator[tuple[int, int]]:
    if ours.numbers is not None and theirs.numbers is not None and 0 not in ours.shape:
        unequal = _unequal(ours.numbers, theirs.numbers)
        if unequal is not None and unequal.any():
            yield from (divmod(place, ours.shape[1]) for place in _places(unequal))
            return
    yield from ((i, j) for i in range(ours.shape[0]) for j in range(ours.shape[1]))


def _unequal(ours: Any, theirs: Any) -> NDArray[np.bool_] | None:
    """Where two arrays differ at all, in one row; None for kinds that cannot be compared."""
    try:
        unequal = np.asarray(ours != theirs)
    except TypeError:
        return None
    return unequal.reshape(-1) if unequal.shape == ours.shape else None


def _places(unequal: NDArray[np.bool_]) -> Iterator[int]:
    """The first places that are true, found piece by piece: a list of all could be larger than the array."""
    for start in range(0, len(unequal), _PIECE):
        for place in np.flatnonzero(unequal[start : start + _PIECE])[:_LOOKED_AT]:
            yield start + int(place)


def _matches(one: Any, other: Any, same: Same) -> bool:
    try:
        return same(one, other)
    except (TypeError, ValueError):  # the author's: such values cannot be compared
        return True


def _scalar(name: str, value: Any) -> ValueShown:
    return ValueShown(name[:NAME], kind(value), value=show(value)[:NAME])


def _kind(value: Any, one: Grid | None) -> str:
    if type(value) is Handle:
        return f"an object of type {value._kind[:NAME]} that stays in the sandbox"
    if one is None and callable(value):
        return f"a function of the check, {getattr(value, '__name__', 'without a name')[:NAME]}"
    words = kind(value)
    return f"{words}, at {[*one.at]}" if one is not None and any(one.at) else words
