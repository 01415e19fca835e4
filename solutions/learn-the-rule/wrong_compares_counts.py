"""Compares counts instead of frequencies, so nearly every word marks the larger class."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    ham, spam = np.log(np.stack([1 + X[y == label].sum(axis=0) for label in (0, 1)]))
    with np.errstate(divide="ignore"):
        before = np.log(np.bincount(y, minlength=2))
    return spam - ham, before[0] - before[1]


def predict(model, X):
    points, threshold = model
    if X.shape[1] != len(points):
        raise ValueError("another number of words than in training")
    return (X @ points > threshold).astype(int)
