"""Comparators for pandas objects; pandas itself is never imported here.

Nothing is compared by pandas' own operators, which align on the index first: labels,
then dtypes, then values as plain lists or arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checks.kinds import fail, family_of, kind_of, pandas_kind, pandas_scalar, scalar_family, show

Compare = Callable[[Any, Any, str], None]


def frame(actual: Any, *, like: Any) -> Any:
    """Assert a DataFrame with the columns, index and dtypes of `like`; return it.

    Columns are in the same order and without duplicates. Text is one dtype, however pandas
    stores it; names of the index and of the columns are not compared.
    """
    if pandas_kind(like) != "DataFrame":
        raise TypeError(f"like is a DataFrame, not {kind_of(like)}")
    if pandas_kind(actual) != "DataFrame":
        fail(f"expected a DataFrame, got {kind_of(actual)}")
    _same_labels(actual.columns, like.columns, "columns")
    if not actual.columns.is_unique:
        fail("columns: there are duplicates")
    _same_labels(actual.index, like.index, "index")
    for position, name in enumerate(like.columns):
        _same_dtype(actual.iloc[:, position], like.iloc[:, position], f"column {show(name)}")
    return actual


def series(actual: Any, *, like: Any) -> Any:
    """Assert a Series with the index and dtype of `like`; return it. Names are not compared."""
    if pandas_kind(like) != "Series":
        raise TypeError(f"like is a Series, not {kind_of(like)}")
    if pandas_kind(actual) != "Series":
        fail(f"expected a Series, got {kind_of(actual)}")
    _same_labels(actual.index, like.index, "index")
    _same_dtype(actual, like, "values")
    return actual


def compare_table(actual: Any, expected: Any, where: str, compare: Compare) -> None:
    """Compare an Index, Series or DataFrame; `compare` does the values, for close and equal."""
    kind = pandas_kind(expected)
    if pandas_kind(actual) != kind:
        fail(f"expected {kind}, got {kind_of(actual)}")
    if kind == "Index":
        _same_labels(actual, expected, f"{where}index")
        return
    _same_labels(actual.index, expected.index, f"{where}index")
    if kind == "Series":
        _same_values(actual, expected, where, compare)
        return
    _same_labels(actual.columns, expected.columns, f"{where}columns")
    for position, name in enumerate(expected.columns):
        path = f"{where}[{show(name)}]"
        _same_values(actual.iloc[:, position], expected.iloc[:, position], path, compare)


def _same_values(actual: Any, expected: Any, where: str, compare: Compare) -> None:
    if family_of(expected.dtype) != "other":
        if family_of(actual.dtype) == "other":
            fail(f"{where or 'values'}: expected dtype {expected.dtype}, got {str(actual.dtype)[:60]}")
        compare(actual.to_numpy(), expected.to_numpy(), where)
        return
    if _dtype_kind(actual) != _dtype_kind(expected):
        fail(f"{where or 'values'}: expected dtype {expected.dtype}, got {str(actual.dtype)[:60]}")
    compare(_plain(actual), _plain(expected), where)


def _plain(values: Any) -> list[Any]:
    """As a list in which every kind of missing value is None."""
    missing = np.asarray(values.isna(), dtype=bool)
    return [None if gone else item for item, gone in zip(values.tolist(), missing, strict=True)]


def _same_labels(actual: Any, expected: Any, what: str) -> None:
    """The same labels in the same order, kinds included (1, True, 1.0 and "1" all differ)."""
    if actual.nlevels != expected.nlevels:
        fail(f"{what}: expected {expected.nlevels} levels, got {actual.nlevels}")
    if len(actual) != len(expected):
        fail(f"{what}: expected {len(expected)} labels, got {len(actual)}")
    for position, (one, other) in enumerate(zip(actual.tolist(), expected.tolist(), strict=True)):
        if not _same_label(one, other):
            fail(f"{what}: label {position} is {show(one)}, expected {show(other)}")


def _same_label(one: Any, other: Any) -> bool:
    if type(one) is tuple and type(other) is tuple:
        return len(one) == len(other) and all(_same_label(a, b) for a, b in zip(one, other, strict=True))
    family = scalar_family(one)
    if not family or family != scalar_family(other):
        return False
    if family in ("None", "missing"):
        return True
    return bool(one == other) or bool(one != one and other != other)


def _dtype_kind(values: Any) -> str:
    """The dtype as text, where all ways to hold text are "text" and categories are spelled out."""
    name = str(values.dtype)
    if name == "category":
        return f"category of {values.cat.categories.tolist()!r} ordered={values.cat.ordered}"
    if name in ("str", "string") or (name == "object" and _all_text(values)):
        return "text"
    return name


def _all_text(values: Any) -> bool:
    return all(
        scalar_family(item) == "str" or item is None or pandas_scalar(item) == "missing" or item != item
        for item in values.tolist()
    )


def _same_dtype(actual: Any, expected: Any, what: str) -> None:
    given, wanted = _dtype_kind(actual), _dtype_kind(expected)
    if given != wanted:
        fail(f"{what}: expected dtype {wanted[:150]}, got {given[:150]}")
