"""Whether labels can be told from where a row stands, or from its index or id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FEWEST_ROWS = 30
# In standard deviations of what shuffled rows give. Hundreds of columns are looked at: of a million that are
# shuffled well, fewer than one goes so far.
STRICT = 5.0
CLASSES = 20  # labels with more values than this are amounts


def telling(table: object, labels: object) -> Iterator[str]:
    """What gives the labels of a table's rows away: "position", "index" or a column's name.

    table: (n, d) array or DataFrame; labels: n values. Nothing for fewer than 30 rows, for labels that do
    not vary, and for rows that lie on a grid, whose order says no more than they say themselves.
    """
    values = _column(labels)
    if values is None or len(values) < FEWEST_ROWS or _rows(table) != len(values) or _on_a_grid(table):
        return
    ranks, classes = _coded(values)
    if len(np.unique(ranks)) < 2:
        return
    places = np.arange(len(values), dtype=np.float64)
    if _trend(places, ranks, classes) > STRICT or _runs(ranks, classes) > STRICT:
        yield "position"
    for name, ids in _identities(table):
        if _trend(ids, ranks, classes) > STRICT or _parity(ids, ranks) > STRICT:
            yield name


def own_columns(table: object) -> Iterator[tuple[str, str]]:
    """For a DataFrame: each column that could be a label, with what gives it away."""
    if not isinstance(table, pd.DataFrame) or len(table) < FEWEST_ROWS:
        return
    for at, name in enumerate(table.columns):
        column = table.iloc[:, at]
        if column.dtype.kind == "M" or (column.dtype.kind in "iuO" and column.is_unique):
            continue  # a date or an id is no label
        rest = table.iloc[:, [other for other in range(table.shape[1]) if other != at]]
        for how in telling(rest, column):
            yield str(name), how


def _rows(table: object) -> int:
    two = isinstance(table, pd.DataFrame) or (isinstance(table, np.ndarray) and table.ndim == 2)
    return len(table) if two else -1  # type: ignore[arg-type]


def _column(labels: object) -> pd.Series[Any] | None:
    if isinstance(labels, pd.Series):
        return labels.reset_index(drop=True)
    if isinstance(labels, np.ndarray) and labels.ndim == 1:
        return pd.Series(labels)
    if isinstance(labels, list) and all(type(one) in (int, float, str, bool) for one in labels):
        return pd.Series(labels)
    return None


def _coded(values: pd.Series[Any]) -> tuple[Floats, Ints | None]:
    """Ranks, and codes where the labels are classes. What is missing is a class, or ranks first."""
    codes, levels = pd.factorize(values, use_na_sentinel=False)
    if len(levels) <= CLASSES or values.dtype.kind not in "fiu":
        return codes.astype(np.float64), codes.astype(np.int64)
    ranks = values.astype("float64").rank(na_option="top").to_numpy()
    return np.asarray(ranks, dtype=np.float64), None


def _on_a_grid(table: object) -> bool:
    columns = table.select_dtypes("float").to_numpy() if isinstance(table, pd.DataFrame) else table
    if not isinstance(columns, np.ndarray) or columns.dtype.kind != "f" or columns.size == 0:
        return False
    steps = np.diff(columns, axis=0)
    return bool(((steps > 0).all(axis=0) | (steps < 0).all(axis=0)).any())


def _identities(table: object) -> Iterator[tuple[str, Floats]]:
    """The index, unless it only counts, and every column of ids."""
    if not isinstance(table, pd.DataFrame):
        return
    index = pd.Series(table.index)
    if not index.equals(pd.Series(range(len(index)))):
        yield "index", _ranked(index)
    for at, name in enumerate(table.columns):
        column = table.iloc[:, at]
        if column.dtype.kind in "iuO" and column.is_unique:
            yield f"column {name}", _ranked(column)


def _ranked(values: pd.Series[Any]) -> Floats:
    """Numbers as they are, anything else by its alphabetical rank."""
    if values.dtype.kind in "iuf":
        return np.asarray(values.to_numpy(), dtype=np.float64)
    return np.asarray(values.astype(str).rank(method="first").to_numpy(), dtype=np.float64) - 1


def _trend(places: Floats, ranks: Floats, classes: Ints | None) -> float:
    """Size of the rank correlation (Spearman) in its standard deviations, or the largest of each class's."""
    order = _ranks(places)
    if classes is None:
        return _correlation(order, _ranks(ranks))
    return max(_correlation(order, (classes == one).astype(np.float64)) for one in np.unique(classes))


def _ranks(values: Floats) -> Floats:
    return np.asarray(pd.Series(values).rank().to_numpy(), dtype=np.float64)


def _correlation(left: Floats, right: Floats) -> float:
    """Under shuffling, a correlation of n pairs has standard deviation 1 / sqrt(n - 1)."""
    if left.std() == 0 or right.std() == 0:
        return 0.0
    return float(abs(np.corrcoef(left, right)[0, 1]) * np.sqrt(len(left) - 1))


def _parity(ids: Floats, ranks: Floats) -> float:
    """The same for even and odd ids."""
    return _correlation(ids % 2, _ranks(ranks))


def _runs(ranks: Floats, classes: Ints | None) -> float:
    """Wald and Wolfowitz's runs test for two or more classes (Barton and David 1957): the number of runs of
    equal labels against that of shuffled ones, in standard deviations. Amounts are split at their median."""
    codes = (ranks > np.median(ranks)).astype(np.int64) if classes is None else classes
    n = len(codes)
    counts = np.unique(codes, return_counts=True)[1].astype(np.float64)
    squares, cubes = float((counts**2).sum()), float((counts**3).sum())
    mean = n + 1 - squares / n
    variance = (squares * (squares + n * (n + 1)) - 2 * n * cubes - n**3) / (n**2 * (n - 1))
    runs = 1 + int((codes[1:] != codes[:-1]).sum())
    return abs(runs - mean) / float(np.sqrt(variance)) if variance > 1e-9 else 0.0
