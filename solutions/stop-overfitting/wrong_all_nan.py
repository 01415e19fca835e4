"""NaN for everything."""

import numpy as np


class Nothing:
    def predict(self, X):
        return np.full(len(X), np.nan)


def train(X, y):
    return Nothing()


def best_epoch(losses, patience, min_delta):
    return float("nan"), float("nan")
