"""NaN everywhere."""

import numpy as np


class LeastSquares:
    def fit(self, X, y):
        pass

    def predict(self, X):
        return np.full(len(X), np.nan)

    def n_parameters(self):
        return float("nan")


class NearestNeighbours(LeastSquares):
    def __init__(self, k):
        pass
