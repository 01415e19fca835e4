"""NaN for every number."""

import numpy as np


def decompose(predictions, truth):
    return tuple(np.full(len(truth), np.nan) for _ in range(3))


def pick_degree(x, y, degrees, seed):
    return float("nan")
