"""Keeps what was learned in a global, so the second model replaces the first."""

import numpy as np

LEARNED = {}


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    words = np.stack([1 + X[y == label].sum(axis=0) for label in (0, 1)])
    ham, spam = np.log(words / words.sum(axis=1, keepdims=True))
    with np.errstate(divide="ignore"):
        before = np.log(np.bincount(y, minlength=2))
    LEARNED.update(points=spam - ham, threshold=before[0] - before[1])
    return None


def predict(model, X):
    if X.shape[1] != len(LEARNED["points"]):
        raise ValueError("another number of words than in training")
    return (X @ LEARNED["points"] > LEARNED["threshold"]).astype(int)
