"""The same answer for everything."""

import numpy as np


class Always:
    def predict(self, X):
        return np.ones(len(X), dtype=int)


def train(X, y):
    return Always()


def best_epoch(losses, patience, min_delta):
    return 0, 0
