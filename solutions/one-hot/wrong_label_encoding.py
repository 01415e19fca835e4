"""Numbers the levels instead: one place for each column, with an order that means nothing."""

from __future__ import annotations

import numpy as np

Value = str | int | None
Row = dict[str, Value]
Encoder = dict[tuple[str, Value], int]


def fit_encoder(rows: list[Row], drop_first: bool = False) -> Encoder:
    """Number the levels of all columns in order."""
    if not rows:
        raise ValueError("there are no rows to learn from")
    pairs: list[tuple[str, Value]] = []
    for column in sorted({key for row in rows for key in row}):
        values = {row.get(column) for row in rows}
        levels: list[Value] = sorted(values - {None})
        if None in values:
            levels.append(None)
        pairs += [(column, level) for level in levels[drop_first:]]
    return {pair: place for place, pair in enumerate(pairs)}


def encode(encoder: Encoder, rows: list[Row]) -> np.ndarray:
    """Look up the place of each value; what has none stays zero."""
    columns = sorted({column for column, _ in encoder})
    matrix = np.zeros((len(rows), len(columns)))
    for at, row in enumerate(rows):
        for place, column in enumerate(columns):
            levels = [level for name, level in encoder if name == column]
            value = row.get(column)
            matrix[at, place] = levels.index(value) if value in levels else -1
    return matrix


def names(encoder: Encoder) -> list[tuple[str, Value]]:
    """The pairs in the order of their places."""
    return list(encoder)
