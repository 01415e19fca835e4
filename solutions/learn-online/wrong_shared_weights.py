"""The weights belong to the class, so all learners are one."""

from typing import ClassVar

import numpy as np


def check(X, n_features):
    if X.ndim != 2 or X.shape[1] != n_features:
        raise ValueError("columns")


def check_labels(X, y):
    if len(X) != len(y) or not np.isin(y, (0, 1)).all():
        raise ValueError("labels")


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


class OnlineLearner:
    weights: ClassVar[dict[int, np.ndarray]] = {}

    def __init__(self, n_features):
        if n_features < 1:
            raise ValueError("no features")
        self.n_features = n_features
        self.weights.setdefault(n_features, np.zeros(n_features + 1))

    def predict(self, X):
        check(X, self.n_features)
        return (with_ones(X) @ self.weights[self.n_features] > 0).astype(int)

    def update(self, X, y):
        check(X, self.n_features)
        check_labels(X, y)
        w = self.weights[self.n_features]
        for row, label in zip(with_ones(X), y, strict=True):
            w += 0.3 * (label - 1 / (1 + np.exp(-row @ w))) * row

    def state(self):
        return self.weights[self.n_features].copy()


def restore(n_features, state):
    learner = OnlineLearner(n_features)
    if len(state) != n_features + 1:
        raise ValueError("length")
    learner.weights[n_features][:] = state
    return learner


def prequential(predict, update, X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("rows and labels")
    right = 0
    for i in range(len(y)):
        right += int(predict(X[i : i + 1])[0] == y[i])
        update(X[i : i + 1], y[i : i + 1])
    return right / len(y)
