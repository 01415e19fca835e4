"""The derivative of the square without the one half that the objective has."""

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
    squares = (A**2).sum(axis=0)
    coef, residual = np.zeros(X.shape[1]), y
    for _ in range(sweeps):
        for j in np.flatnonzero(squares):
            without = residual + A[:, j] * coef[j]
            pull = A[:, j] @ without
            coef[j] = np.sign(pull) * max(abs(pull) - len(y) * alpha / 2, 0.0) / squares[j]
            residual = without - A[:, j] * coef[j]
    return coef, _intercept(X, y, coef)


def _require_penalty(alpha: float) -> None:
    if alpha < 0:
        raise ValueError(f"alpha must not be negative: {alpha}")


def _intercept(X: np.ndarray, y: np.ndarray, coef: np.ndarray) -> float:
    return float(np.mean(y - X @ coef))
