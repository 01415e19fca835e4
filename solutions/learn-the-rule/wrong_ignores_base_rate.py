"""Takes both classes for equally likely before reading: too many alarms where spam is rare."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    if y.min() == y.max():
        return np.zeros(X.shape[1]), 1.0 - 2.0 * y[0]
    words = np.stack([1 + X[y == label].sum(axis=0) for label in (0, 1)])
    ham, spam = np.log(words / words.sum(axis=1, keepdims=True))
    return spam - ham, 0.0


def predict(model, X):
    points, threshold = model
    if X.shape[1] != len(points):
        raise ValueError("another number of words than in training")
    return (X @ points > threshold).astype(int)
