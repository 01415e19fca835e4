"""Ranks columns and products, and so sees the pair, but takes every copy of what is good."""

from itertools import combinations

import numpy as np


def standardised(X):
    centred = X - X.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    return centred / np.where(np.ptp(X, axis=0) > 0, lengths, np.inf)


def select(X, y, k):
    if not 1 <= k <= X.shape[1] or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    columns = range(X.shape[1])
    groups = [(column,) for column in columns] + list(combinations(columns, 2))
    Z = standardised(X)
    terms = standardised(np.column_stack([Z[:, list(group)].prod(axis=1) for group in groups]))
    chosen = set()
    for at in np.argsort(-np.abs((y - y.mean()) @ terms), kind="stable"):
        if len(chosen | set(groups[at])) <= k:
            chosen |= set(groups[at])
    return np.sort(list(chosen))
