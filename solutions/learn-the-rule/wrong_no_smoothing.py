"""Trusts counts of zero: a word that was never seen makes every sum NaN."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    with np.errstate(all="ignore"):
        words = np.stack([X[y == label].sum(axis=0) for label in (0, 1)])
        ham, spam = np.log(words / words.sum(axis=1, keepdims=True))
        before = np.log(np.bincount(y, minlength=2))
    return spam - ham, before[0] - before[1]


def predict(model, X):
    points, threshold = model
    if X.shape[1] != len(points):
        raise ValueError("another number of words than in training")
    return (X @ points > threshold).astype(int)
