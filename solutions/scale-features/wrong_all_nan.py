"""NaN for everything."""

from __future__ import annotations

import numpy as np


def fit_scaler(X, kind):
    return None


def scale(scaler, X):
    return np.full(X.shape, np.nan)


def unscale(scaler, Z):
    return np.full(Z.shape, np.nan)
