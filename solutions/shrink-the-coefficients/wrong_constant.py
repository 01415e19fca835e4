"""A constant answer: no coefficients, and the mean."""

import numpy as np


def ridge(X, y, alpha):
    return np.zeros(X.shape[1]), float(y.mean())


def lasso(X, y, alpha, sweeps):
    return np.zeros(X.shape[1]), float(y.mean())
