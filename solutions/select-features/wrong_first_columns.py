"""A constant answer of another kind: always the first k columns."""

import numpy as np


def select(X, y, k):
    if not 1 <= k <= X.shape[1] or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    return np.arange(k)
