"""Multiplies columns without subtracting their means: such a product mostly repeats its factors."""

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
    groups = [{column} for column in columns] + [set(pair) for pair in combinations(columns, 2)]
    terms = standardised(np.column_stack([X[:, list(group)].prod(axis=1) for group in groups]))
    target = y - y.mean()
    residual, chosen, used = target, set(), []
    while len(chosen) < k:
        scores = np.abs(residual @ terms)
        fitting = [at for at, group in enumerate(groups) if len(chosen) < len(chosen | group) <= k]
        used.append(max(fitting, key=lambda at: scores[at]))
        chosen |= groups[used[-1]]
        residual = target - terms[:, used] @ np.linalg.lstsq(terms[:, used], target, rcond=None)[0]
    return np.sort(list(chosen))
