"""A centre and a spread per column, learned once and applied unchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Scaler:
    """What the training rows say: centre and spread of each column, both of shape (d,)."""

    centre: np.ndarray
    spread: np.ndarray


def fit_scaler(X: np.ndarray, kind: str) -> Scaler:
    if X.ndim != 2 or np.isnan(X).all(axis=0).any():  # without rows, every column is missing as a whole
        raise ValueError("every column of a two-dimensional array needs at least one value")
    low, high = np.nanmin(X, axis=0), np.nanmax(X, axis=0)
    if kind == "minmax":
        centre, spread = low, high - low
    elif kind == "standard":
        centre, spread = np.nanmean(X, axis=0), np.nanstd(X, axis=0)
    elif kind == "robust":
        lower, centre, upper = np.nanquantile(X, [0.25, 0.5, 0.75], axis=0)
        spread = upper - lower
    else:
        raise ValueError(f"there is no kind {kind!r}")
    # Equal values are constant, though rounding may leave them a standard deviation.
    constant = (low == high) | (spread == 0)
    return Scaler(centre, np.where(constant, 1.0, spread))


def scale(scaler: Scaler, X: np.ndarray) -> np.ndarray:
    return (_checked(scaler, X) - scaler.centre) / scaler.spread


def unscale(scaler: Scaler, Z: np.ndarray) -> np.ndarray:
    return _checked(scaler, Z) * scaler.spread + scaler.centre


def _checked(scaler: Scaler, values: np.ndarray) -> np.ndarray:
    if values.ndim != 2 or values.shape[1] != len(scaler.centre):
        raise ValueError(f"{len(scaler.centre)} columns are needed, not an array of shape {values.shape}")
    return values.astype(float)
