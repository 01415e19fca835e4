"""A constant answer: the mean of y."""

import numpy as np


class Mean:
    def __init__(self, y):
        self.level = float(np.mean(y))

    def predict(self, X):
        return np.full(len(X), self.level)


def out_of_fold(model, X, y, folds):
    return np.full(len(y), float(np.mean(y)))


def stack(base_models, X, y):
    return Mean(y)
