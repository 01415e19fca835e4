"""Learns, but only about the three words of the given rule: the features stay hand-written."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    words = np.stack([1 + X[y == label][:, :3].sum(axis=0) for label in (0, 1)])
    ham, spam = np.log(words / np.stack([[1 + X[y == label].sum()] for label in (0, 1)]))
    with np.errstate(divide="ignore"):
        before = np.log(np.bincount(y, minlength=2))
    return spam - ham, before[0] - before[1], X.shape[1]


def predict(model, X):
    points, threshold, columns = model
    if X.shape[1] != columns:
        raise ValueError("another number of words than in training")
    return (X[:, :3] @ points > threshold).astype(int)
