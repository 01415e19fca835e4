"""A constant answer."""

from __future__ import annotations

import numpy as np


def fit_scaler(X, kind):
    return None


def scale(scaler, X):
    return np.zeros(X.shape)


def unscale(scaler, Z):
    return np.zeros(Z.shape)
