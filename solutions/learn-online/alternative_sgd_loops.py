"""Logistic regression by stochastic gradient descent with a constant rate, in plain Python lists."""

import math

import numpy as np

RATE = 0.3


class OnlineLearner:
    def __init__(self, n_features):
        if n_features < 1:
            raise ValueError("no features")
        self.b = 0.0
        self.w = [0.0] * n_features

    def margins(self, X):
        rows = X.tolist()
        if any(len(row) != len(self.w) for row in rows):
            raise ValueError("wrong number of columns")
        return [(row, self.b + sum(a * c for a, c in zip(self.w, row, strict=True))) for row in rows]

    def predict(self, X):
        return np.array([1 if margin > 0 else 0 for _, margin in self.margins(X)])

    def update(self, X, y):
        self.margins(X)
        labels = y.tolist()
        if len(labels) != len(X):
            raise ValueError("rows and labels differ in number")
        if any(label not in (0, 1) for label in labels):
            raise ValueError("labels are 0 and 1")
        for i, label in enumerate(labels):
            ((row, margin),) = self.margins(X[i : i + 1])
            push = RATE * (label - 0.5 * (1 + math.tanh(margin / 2)))
            self.b += push
            self.w = [weight + push * value for weight, value in zip(self.w, row, strict=True)]

    def state(self):
        return np.array([self.b, *self.w])


def restore(n_features, state):
    if len(state) != n_features + 1:
        raise ValueError("wrong length of state")
    learner = OnlineLearner(n_features)
    learner.b, *learner.w = state.tolist()
    return learner


def prequential(predict, update, X, y):
    if len(X) == 0 or len(X) != len(y):
        raise ValueError("rows and labels")
    hits = []
    for row, label in zip(X, y, strict=True):
        answer = predict(np.array([row]))
        hits.append(int(answer[0]) == int(label))
        update(np.array([row]), np.array([label]))
    return sum(hits) / len(hits)
