"""Bias and variance: write `decompose` and `pick_degree`. The brief is in README.md."""

from __future__ import annotations

import numpy as np


def decompose(predictions: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Squared bias, variance and expected squared error of each point.

    predictions: shape (rounds, points), a row per training set. truth: shape (points,), without noise.
    Returns three float arrays of shape (points,). Raises ValueError for no rounds and for any other
    shape of `truth`.
    """
    raise NotImplementedError


def pick_degree(x: np.ndarray, y: np.ndarray, degrees: list[int], seed: int) -> int:
    """The one of `degrees` whose least-squares polynomial predicts new points best.

    x, y: shape (n,), points on a curve plus noise, perhaps sorted by x. seed: for whatever is random.
    Raises ValueError if the lengths differ or there are no degrees.
    """
    raise NotImplementedError
