"""A constant truth gives 0, right or not."""

from __future__ import annotations

import numpy as np


def mae(y_true: np.ndarray, y_pred: np.ndarray, weights: np.ndarray | None = None) -> float:
    true, pred = _tables(y_true, y_pred, weights)
    return float(np.average(np.abs(true - pred), axis=0, weights=weights).mean())


def rmse(y_true: np.ndarray, y_pred: np.ndarray, weights: np.ndarray | None = None) -> float:
    true, pred = _tables(y_true, y_pred, weights)
    return float(np.sqrt(np.average((true - pred) ** 2, axis=0, weights=weights).mean()))


def r2(y_true: np.ndarray, y_pred: np.ndarray, weights: np.ndarray | None = None) -> float:
    true, pred = _tables(y_true, y_pred, weights)
    mean = np.average(true, axis=0, weights=weights)
    error = np.average((true - pred) ** 2, axis=0, weights=weights)
    variance = np.average((true - mean) ** 2, axis=0, weights=weights)
    # By the values: the variance of equal numbers can be a little more than 0.
    constant = (true == true[0]).all(axis=0)
    explained = 1 - error / np.where(constant, 1.0, variance)
    return float(np.where(constant, 0.0, explained).mean())


def adjusted_r2(
    y_true: np.ndarray, y_pred: np.ndarray, n_features: int, weights: np.ndarray | None = None
) -> float:
    share, rows = r2(y_true, y_pred, weights), len(y_true)
    if n_features < 0 or rows - n_features - 1 < 1:
        raise ValueError(f"{n_features} features do not go with {rows} rows")
    return 1 - (1 - share) * (rows - 1) / (rows - n_features - 1)


def _tables(
    y_true: np.ndarray, y_pred: np.ndarray, weights: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Both arrays as floats of shape (n, k), checked."""
    if y_true.shape != y_pred.shape or len(y_true) == 0 or y_true.ndim > 2:
        raise ValueError(f"shapes {y_true.shape} and {y_pred.shape}")
    if weights is not None and (weights.shape != (len(y_true),) or (weights < 0).any() or not weights.any()):
        raise ValueError("one weight per row, none negative, not all zero")
    rows = len(y_true)
    return y_true.reshape(rows, -1).astype(float), y_pred.reshape(rows, -1).astype(float)
