"""Orthogonal matching pursuit (Pati, Rezaiifar and Krishnaprasad, 1993) over columns and their products."""

from __future__ import annotations

from itertools import combinations

import numpy as np


def _standardised(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and length 1; constant ones become zeros."""
    centred = X - X.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    lengths[np.ptp(X, axis=0) == 0] = np.inf  # rounding may leave a constant column some length
    return centred / lengths


def select(X: np.ndarray, y: np.ndarray, k: int) -> np.ndarray:
    """Take what correlates most with the part of `y` that is still unexplained, and explain again.

    A product stands for its two columns, and is taken only where there is room for both. A copy of a chosen
    column is no longer correlated with what is left, so it is not taken before the signals are. All terms
    have mean 0, so the mean of `y` plays no part.
    """
    rows, columns = X.shape
    if len(y) != rows or not 1 <= k <= columns:
        raise ValueError(f"cannot choose {k} of {columns} columns by {len(y)} classes of {rows} rows")
    groups = [{column} for column in range(columns)]
    groups += [set(pair) for pair in combinations(range(columns), 2)]
    Z = _standardised(X)
    left, right = np.triu_indices(columns, 1)
    terms = _standardised(np.hstack([Z, Z[:, left] * Z[:, right]]))
    residual, chosen, used = y, set(), []
    while len(chosen) < k:
        scores = np.abs(residual @ terms)
        fitting = [at for at, group in enumerate(groups) if len(chosen) < len(chosen | group) <= k]
        best = max(fitting, key=lambda at: scores[at])
        chosen |= groups[best]
        used.append(best)
        weights, *_ = np.linalg.lstsq(terms[:, used], y)
        residual = y - terms[:, used] @ weights
    return np.sort(list(chosen))
