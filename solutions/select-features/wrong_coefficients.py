"""Ranks columns by the size of their coefficients in raw units: small units make large coefficients."""

import numpy as np
from sklearn.linear_model import LogisticRegression


def select(X, y, k):
    if not 1 <= k <= X.shape[1] or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    sizes = np.abs(LogisticRegression(max_iter=200).fit(X, y).coef_[0])
    return np.sort(np.argsort(-sizes, kind="stable")[:k])
