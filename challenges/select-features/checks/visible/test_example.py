"""The example of the brief. The hidden checks use larger tables with more noise."""

from __future__ import annotations

import numpy as np

from grader.checks import array, holds, raises

#                columns 0 to 3, and y
ROWS = np.array(
    [
        [1, 1, 120, 1, 1],
        [-1, 1, 120, -1, 1],
        [1, 1, 120, -1, 0],
        [-1, 1, 120, 1, 0],
        [1, -1, 80, 1, 0],
        [-1, -1, 80, -1, 0],
        [1, -1, 80, -1, 0],
        [-1, -1, 80, 1, 0],
    ]
)
TABLE = np.tile(ROWS, (40, 1))
X = np.column_stack([TABLE[:, :4], np.repeat([1, -1], 160)]).astype(float)
Y = TABLE[:, 4]


def test_three_columns(candidate):
    """Columns 0 and 3, which tell something together only, and one of columns 1 and 2."""
    chosen = array(candidate.select(X, Y, 3), shape=(3,), dtype="int").tolist()
    holds(chosen in ([0, 1, 3], [0, 2, 3]), f"{chosen} is [0, 1, 3] or [0, 2, 3]")


def test_one_column(candidate):
    """Alone, only columns 1 and 2 tell something."""
    chosen = array(candidate.select(X, Y, 1), shape=(1,), dtype="int").tolist()
    holds(chosen in ([1], [2]), f"{chosen} is [1] or [2]")


def test_too_many_columns(candidate):
    """Six of five columns are an error."""
    with raises(candidate, ValueError):
        candidate.select(X, Y, 6)
