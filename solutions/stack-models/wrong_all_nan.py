"""NaN for everything."""

import numpy as np


class Nothing:
    def predict(self, X):
        return np.full(len(X), np.nan)


def out_of_fold(model, X, y, folds):
    return np.full(len(y), np.nan)


def stack(base_models, X, y):
    return Nothing()
