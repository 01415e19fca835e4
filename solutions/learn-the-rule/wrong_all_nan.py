"""NaN for every message."""

import numpy as np


def fit(X, y):
    return None


def predict(model, X):
    return np.full(len(X), np.nan)
