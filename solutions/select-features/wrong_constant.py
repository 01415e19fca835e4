"""A constant answer: the same five columns, whatever is asked."""

import numpy as np


def select(X, y, k):
    return np.array([0, 1, 2, 3, 4])
