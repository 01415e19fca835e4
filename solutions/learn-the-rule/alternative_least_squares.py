"""Least squares on -1 and 1: points and threshold come out of one linear system."""

import numpy as np


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    if y.min() == y.max():
        return np.append(2.0 * y[0] - 1.0, np.zeros(X.shape[1]))
    weights, *_ = np.linalg.lstsq(with_ones(X), 2.0 * y - 1.0, rcond=None)
    return weights


def predict(model, X):
    if X.shape[1] + 1 != len(model):
        raise ValueError("another number of words than in training")
    return (with_ones(X) @ model > 0).astype(int)
