"""Turns every value into text, so that missing ones look like "None" and 4 like "4"."""

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
        values = {str(row.get(column)) for row in rows}
        levels: list[Value] = sorted(values - {None})
        if None in values:
            levels.append(None)
        pairs += [(column, level) for level in levels[drop_first:]]
    return {pair: place for place, pair in enumerate(pairs)}


def encode(encoder: Encoder, rows: list[Row]) -> np.ndarray:
    """Look up the place of each value; what has none stays zero."""
    matrix = np.zeros((len(rows), len(encoder)))
    columns = {column for column, _ in encoder}
    for at, row in enumerate(rows):
        for column in columns:
            place = encoder.get((column, str(row.get(column))))
            if place is not None:
                matrix[at, place] = 1.0
    return matrix


def names(encoder: Encoder) -> list[tuple[str, Value]]:
    """The pairs in the order of their places."""
    return list(encoder)
