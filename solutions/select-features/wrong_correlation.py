"""Ranks columns by their correlation with y, one at a time: copies come in, the pair stays out."""

import numpy as np


def select(X, y, k):
    if not 1 <= k <= X.shape[1] or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    centred = X - X.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    lengths[np.ptp(X, axis=0) == 0] = np.inf
    scores = np.abs((y - y.mean()) @ centred) / lengths
    return np.sort(np.argsort(-scores, kind="stable")[:k])
