"""Gives back what it was given."""

from __future__ import annotations


def fit_scaler(X, kind):
    return None


def scale(scaler, X):
    return X.astype(float)


def unscale(scaler, Z):
    return Z.astype(float)
