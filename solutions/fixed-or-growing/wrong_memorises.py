"""Both models answer with the target of the nearest training row."""

import numpy as np


class NearestNeighbours:
    def __init__(self, k):
        if k < 1:
            raise ValueError("k")
        self.rows = None

    def fit(self, X, y):
        if len(X) != len(y):
            raise ValueError("rows")
        self.rows, self.targets = X, y

    def predict(self, X):
        if self.rows is None:
            raise RuntimeError("not fitted")
        if X.shape[1] != self.rows.shape[1]:
            raise ValueError("columns")
        distances = np.linalg.norm(X[:, None] - self.rows, axis=2)
        return self.targets[distances.argmin(axis=1)]

    def n_parameters(self):
        if self.rows is None:
            raise RuntimeError("not fitted")
        return self.rows.size + self.targets.size


class LeastSquares(NearestNeighbours):
    def __init__(self):
        super().__init__(1)
