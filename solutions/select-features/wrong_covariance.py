"""Forgets to divide by the standard deviation: the covariance with y prefers columns in large units."""

import numpy as np


def select(X, y, k):
    if not 1 <= k <= X.shape[1] or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    scores = np.abs((y - y.mean()) @ (X - X.mean(axis=0)))
    return np.sort(np.argsort(-scores, kind="stable")[:k])
