"""NaN for everything: a comparison that ignores NaN would let it through."""

import numpy as np


def stratified_folds(y, k, seed):
    return [np.full(len(y) // k, np.nan) for _ in range(k)]


def cross_validate(fit, predict, X, y, folds):
    return np.full(len(folds), np.nan), np.full(len(y), np.nan)
