"""Centred least squares by the pseudo-inverse; the neighbours one query at a time."""

import numpy as np


class LeastSquares:
    def __init__(self):
        self.fitted = False

    def fit(self, X, y):
        if X.shape[0] != y.shape[0]:
            raise ValueError("rows")
        self.centre, self.level = X.mean(axis=0), y.mean()
        self.slopes = np.linalg.pinv(X - self.centre) @ (y - self.level)
        self.fitted = True
        return self

    def predict(self, X):
        if not self.fitted:
            raise RuntimeError("not fitted")
        if X.shape[1] != len(self.slopes):
            raise ValueError("columns")
        return self.level + (X - self.centre) @ self.slopes

    def n_parameters(self):
        if not self.fitted:
            raise RuntimeError("not fitted")
        return 1 + len(self.slopes)


class NearestNeighbours:
    def __init__(self, k):
        if not k >= 1:
            raise ValueError("k")
        self.k = k
        self.rows = None

    def fit(self, X, y):
        if X.shape[0] != y.shape[0]:
            raise ValueError("rows")
        self.rows, self.targets = X, y
        return self

    def predict(self, X):
        if self.rows is None:
            raise RuntimeError("not fitted")
        if X.shape[1] != self.rows.shape[1]:
            raise ValueError("columns")
        return np.array([self.mean_near(point) for point in X])

    def mean_near(self, point):
        distances = np.sqrt(np.sum(np.square(self.rows - point), axis=1))
        order = np.argsort(distances)
        count = min(self.k, len(order))
        while count < len(order) and distances[order[count]] == distances[order[count - 1]]:
            count += 1
        return self.targets[order[:count]].mean()

    def n_parameters(self):
        if self.rows is None:
            raise RuntimeError("not fitted")
        return int(self.rows.shape[0] * (self.rows.shape[1] + 1))
