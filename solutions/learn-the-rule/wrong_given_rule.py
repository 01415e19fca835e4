"""The baseline: the hand-written rule, which learns nothing."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    return X.shape[1]


def predict(model, X):
    if X.shape[1] != model:
        raise ValueError("another number of words than in training")
    return np.array(X[:, :3].sum(axis=1) >= 2, dtype=int)
