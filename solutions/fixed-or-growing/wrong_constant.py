"""A constant answer, whatever the data."""

import numpy as np


class LeastSquares:
    def fit(self, X, y):
        pass

    def predict(self, X):
        return np.ones(len(X))

    def n_parameters(self):
        return 2


class NearestNeighbours(LeastSquares):
    def __init__(self, k):
        pass
