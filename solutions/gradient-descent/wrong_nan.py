"""NaN of the right shape."""

import numpy as np


def descend(gradient, start, rate, steps, tolerance):
    return np.full((steps + 1, len(start)), np.nan)


def fit_logistic(X, y, rate=0.5, steps=2000, tolerance=1e-6, penalty=0.0):
    return np.full(X.shape[1] + 1, np.nan)
