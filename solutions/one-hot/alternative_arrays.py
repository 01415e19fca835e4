"""Column by column with arrays of objects: every column against all of its levels at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Value = str | int | None


@dataclass(frozen=True)
class Encoder:
    """The levels that have a place, for each column."""

    levels: dict[str, list[Value]]


def fit_encoder(rows: list[dict[str, Value]], drop_first: bool = False) -> Encoder:
    """Collect each column's levels; None is put last by the sort key."""
    if len(rows) == 0:
        raise ValueError("nothing to learn from")
    columns: set[str] = set().union(*rows)
    levels: dict[str, list[Value]] = {}
    for column in sorted(columns):
        distinct = {row.get(column) for row in rows}
        ordered = sorted(distinct, key=lambda value: (value is None, 0 if value is None else value))
        levels[column] = ordered[1:] if drop_first else ordered
    return Encoder(levels)


def encode(encoder: Encoder, rows: list[dict[str, Value]]) -> np.ndarray:
    """Compare as (type, value), so that the text "4" is not the integer 4."""
    blocks = [np.zeros((len(rows), 0))]
    for column, levels in encoder.levels.items():
        values = [row.get(column) for row in rows]
        block = [[type(value) is type(level) and value == level for level in levels] for value in values]
        blocks.append(np.array(block, dtype=float).reshape(len(rows), len(levels)))
    return np.hstack(blocks)


def names(encoder: Encoder) -> list[tuple[str, Value]]:
    """Columns are stored in order, and so are their levels."""
    return [(column, level) for column, levels in encoder.levels.items() for level in levels]
