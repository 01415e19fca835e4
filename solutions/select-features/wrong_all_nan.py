"""NaN instead of indices."""

import numpy as np


def select(X, y, k):
    return np.full(max(k, 0), np.nan)
