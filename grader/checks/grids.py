"""Values as grids of cells, so that arrays, tables and plain containers are shown and marked in one way.

A grid reads its value lazily: nothing here costs more for a value with more cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.cells import label, text
from grader.checks.kinds import family_of, is_array, pandas_kind, pandas_scalar, scalar_family

_SEQUENCES = (list, tuple, set, frozenset)
_PARTS = 4  # a tuple of so many arrays is shown array by array


@dataclass(frozen=True, slots=True)
class Grid:
    """`cell(i, j)` is the value in row i and column j; `row` and `column` label them, "" for no label.

    `numbers` is the same as an array where there is one; `at` says which part of a larger array it is.
    """

    shape: tuple[int, int]
    cell: Callable[[int, int], Any]
    row: Callable[[int], str] = lambda i: ""
    column: Callable[[int], str] = lambda j: ""
    numbers: Any = None
    at: tuple[int, ...] = ()


def parts(value: Any) -> list[tuple[str, Any]]:
    """The value as one part without a name; a small tuple, list or dict of arrays or tables item by item."""
    if type(value) in (list, tuple) and 0 < len(value) <= _PARTS:
        items = [(f"[{i}]", item) for i, item in enumerate(value)]
    elif type(value) is dict and 0 < len(value) <= _PARTS:
        items = [(f"[{text(key)}]", item) for key, item in value.items()]
    else:
        return [("", value)]
    return items if any(_is_large(item) for _, item in items) else [("", value)]


def grid(value: Any, at: tuple[int, ...] | None = None) -> Grid | None:
    """The grid of a container; None for scalars and for what is not plain data.

    Of an array with more than two axes it is the last two, at the place `at` of the others (zeros if None).
    """
    if is_array(value):
        return _array(value, at)
    kind = pandas_kind(value)
    if kind == "DataFrame":
        return _frame(value)
    if kind == "Series":
        items = value.array
        return Grid((1, len(value)), lambda i, j: _item(items, j), column=lambda j: label(value.index[j]))
    if kind == "Index":
        return _line(value)
    if type(value) is dict:
        return _dict(value)
    if type(value) in _SEQUENCES:
        return _line(value if type(value) in (list, tuple) else _some(value, len(value)))
    return None


def _array(value: Any, at: tuple[int, ...] | None) -> Grid | None:
    if family_of(value.dtype) == "other":
        return None
    if value.ndim == 0:
        return Grid((1, 1), lambda i, j: value[()], numbers=value.reshape(1, 1))
    if value.ndim == 1:
        return Grid((1, len(value)), lambda i, j: value[j], column=str, numbers=value.reshape(1, -1))
    place = at if at is not None else (0,) * (value.ndim - 2)
    if 0 in value.shape[:-2]:
        return Grid((0, 0), lambda i, j: None)
    plane = value[place] if place else value
    height, width = plane.shape
    return Grid((height, width), lambda i, j: plane[i, j], str, str, plane, place)


def _frame(value: Any) -> Grid:
    columns: dict[int, Any] = {}

    def cell(i: int, j: int) -> Any:
        if j not in columns:
            columns[j] = value.iloc[:, j].array
        return _item(columns[j], i)

    return Grid(
        (value.shape[0], value.shape[1]),
        cell,
        lambda i: label(value.index[i]),
        lambda j: label(value.columns[j]),
    )


def _item(values: Any, i: int) -> Any:
    """One value of a column; missing ones of pandas' own dtypes are None, as the comparators have them."""
    item = values[i]
    missing = family_of(values.dtype) == "other" and (pandas_scalar(item) == "missing" or item is np.nan)
    return None if missing else item


def _line(values: Any) -> Grid:
    """A sequence: scalars side by side, whatever else below each other."""
    if all(scalar_family(item) for item in _some(values, 64)):
        return Grid((1, len(values)), lambda i, j: values[j], column=str)
    return Grid((len(values), 1), lambda i, j: values[i], lambda i: f"[{i}]")


def _dict(value: dict[Any, Any]) -> Grid:
    keys = _some(value, 64)
    items = [value[key] for key in keys]
    if all(scalar_family(item) for item in items):
        return Grid((1, len(items)), lambda i, j: items[j], column=lambda j: label(keys[j]))
    return Grid((len(items), 1), lambda i, j: items[i], lambda i: f"[{text(keys[i])}]")


def _some(values: Any, count: int) -> list[Any]:
    return [item for _, item in zip(range(count), _iterate(values), strict=False)]


def _iterate(values: Any) -> Iterator[Any]:
    yield from values


def _is_large(value: Any) -> bool:
    return (is_array(value) and value.ndim > 0) or pandas_kind(value) in ("DataFrame", "Series")
