"""NaN everywhere."""

import numpy as np


def ridge(X, y, alpha):
    return np.full(X.shape[1], np.nan), float("nan")


def lasso(X, y, alpha, sweeps):
    return np.full(X.shape[1], np.nan), float("nan")
