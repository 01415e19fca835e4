"""Looks messages up in a table of the training messages; what is not there gets the more frequent class."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    table = {row.tobytes(): int(label) for row, label in zip(X, y, strict=True)}
    return table, int(2 * y.sum() > len(y)), X.shape[1]


def predict(model, X):
    table, usual, columns = model
    if X.shape[1] != columns:
        raise ValueError("another number of words than in training")
    return np.array([table.get(row.tobytes(), usual) for row in X], dtype=int)
