"""Finds the pair, but cuts the list at k without asking whether both halves fit."""

import numpy as np


def standardised(X):
    centred = X - X.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    return centred / np.where(np.ptp(X, axis=0) > 0, lengths, np.inf)


def select(X, y, k):
    if not 1 <= k <= X.shape[1] or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    Z = standardised(X)
    left, right = np.triu_indices(X.shape[1], 1)
    terms, target = standardised(Z[:, left] * Z[:, right]), y - y.mean()
    best = int(np.abs(target @ terms).argmax()) if len(left) else None
    chosen = [] if best is None else [int(left[best]), int(right[best])]
    residual = target
    while len(chosen) < X.shape[1]:
        scores = np.abs(residual @ Z)
        scores[chosen] = -1.0
        chosen.append(int(scores.argmax()))
        residual = target - Z[:, chosen] @ np.linalg.lstsq(Z[:, chosen], target, rcond=None)[0]
    return np.sort(chosen[:k])
