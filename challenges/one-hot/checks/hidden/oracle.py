"""Tables of categories drawn from the run's seed, and their encoding, place by place."""

from __future__ import annotations

import numpy as np

WORDS = (
    "",
    "None",
    "nan",
    "Zinc",
    "ash",
    "bay",
    "cedar",
    "elder",
    "fir",
    "hazel",
    "larch",
    "oak",
    "pine",
    "0",
    "7",
)


def draw_levels(rng, integers):
    """Three to seven levels of one column. Integers include 0, and sort otherwise than their digits do."""
    count = int(rng.integers(3, 8))
    if integers:
        return [0, 9, 10, *(int(n) for n in rng.choice(np.arange(-50, 0), count - 3, replace=False))]
    return [str(word) for word in rng.choice(np.array(WORDS), count, replace=False)]


def draw_table(rng, rows=60, holes=True):
    """Rows with every level in them, keys in random order, and the levels of each column.

    Two columns are of text and two of integers. With `holes`, one of each is sometimes None or absent.
    """
    columns = [
        str(name) for name in rng.choice(np.array(["b", "B", "a", "aa", "z", "c d", "x_1"]), 4, replace=False)
    ]
    levels = {name: draw_levels(rng, at % 2 == 1) for at, name in enumerate(columns)}
    drawn = {name: _fill(rng, levels[name], rows) for name in columns}
    table = []
    for at in range(rows):
        order = [str(name) for name in rng.permutation(np.array(columns))]
        table.append({name: drawn[name][at] for name in order})
    if holes:
        for name in columns[:2]:
            for at in rng.choice(np.arange(len(levels[name]), rows), 8, replace=False):
                table[at].pop(name)
            table[int(rng.integers(len(levels[name]), rows))][name] = None
            levels[name] = [*levels[name], None]
    return [table[at] for at in rng.permutation(rows)], levels


def _fill(rng, levels, rows):
    """Each level once, then levels at random."""
    return [*levels, *(levels[at] for at in rng.integers(0, len(levels), rows - len(levels)))]


def places(levels, drop_first=False):
    """What `names` must return for these levels."""
    found = []
    for column in sorted(levels):
        known = sorted(level for level in levels[column] if level is not None)
        ordered = known + [None] * (None in levels[column])
        found += [(column, level) for level in ordered[1 if drop_first else 0 :]]
    return found


def encoded(rows, wanted):
    """The encoding for the places `wanted`, one entry at a time. Text and integers are never the same."""
    matrix = np.zeros((len(rows), len(wanted)))
    for at, row in enumerate(rows):
        for place, (column, level) in enumerate(wanted):
            value = row.get(column)
            matrix[at, place] = float(type(value) is type(level) and value == level)
    return matrix
