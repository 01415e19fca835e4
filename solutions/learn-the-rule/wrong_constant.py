"""A constant answer: everything is ham."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    return X.shape[1]


def predict(model, X):
    if X.shape[1] != model:
        raise ValueError("another number of words than in training")
    return np.zeros(len(X), dtype=int)
