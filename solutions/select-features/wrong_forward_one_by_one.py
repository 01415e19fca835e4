"""Forward selection by one column at a time and a linear model: no copies, but no pair either."""

import numpy as np


def select(X, y, k):
    if not 1 <= k <= X.shape[1] or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    centred = X - X.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    lengths[np.ptp(X, axis=0) == 0] = np.inf
    Z, target = centred / lengths, y - y.mean()
    chosen, residual = [], target
    while len(chosen) < k:
        scores = np.abs(residual @ Z)
        scores[chosen] = -1.0
        chosen.append(int(scores.argmax()))
        residual = target - Z[:, chosen] @ np.linalg.lstsq(Z[:, chosen], target, rcond=None)[0]
    return np.sort(chosen)
