"""R² and the adjusted Rand index, from their definitions."""

from __future__ import annotations

import numpy as np
from worlds import Floats, Ints


def r_squared(prices: Floats, predicted: Floats) -> float:
    """One less the squared error as a share of that of the mean."""
    return 1.0 - float(np.sum((prices - predicted) ** 2) / np.sum((prices - prices.mean()) ** 2))


def adjusted_rand(one: Ints, other: Ints) -> float:
    """Agreement of two partitions on which pairs belong together, less what is due to chance.

    Hubert and Arabie (1985), from the table of counts.
    """
    names, others = np.unique(one), np.unique(other)
    counts = np.array([[np.sum((one == a) & (other == b)) for b in others] for a in names])
    together, left, right = _pairs(counts), _pairs(counts.sum(axis=1)), _pairs(counts.sum(axis=0))
    chance = left * right / _pairs(np.array([len(one)]))
    most = (left + right) / 2
    return (together - chance) / (most - chance) if most > chance else float(together == most)


def _pairs(counts: Ints) -> float:
    return float(np.sum(counts * (counts - 1.0) / 2))
