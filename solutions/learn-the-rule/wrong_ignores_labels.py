"""Never looks at y, save for how common spam is: messages of rare words are called suspicious."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    points = -np.log((X.sum(axis=0) + 1) / (X.sum() + X.shape[1]))
    unusual = X @ points / np.maximum(X.sum(axis=1), 1)
    threshold = np.quantile(unusual, 1 - y.mean()) if 0 < y.mean() < 1 else (1 - 2 * y[0]) * np.inf
    return points, threshold


def predict(model, X):
    points, threshold = model
    if X.shape[1] != len(points):
        raise ValueError("another number of words than in training")
    return np.array(X @ points / np.maximum(X.sum(axis=1), 1) > threshold, dtype=int)
