"""The same folds and the same scores for everything."""

import numpy as np


def stratified_folds(y, k, seed):
    return [np.array([0, 1])] * k


def cross_validate(fit, predict, X, y, folds):
    return np.full(len(folds), 0.5), np.full(len(y), y[0])
