"""Centring removes the intercept; then one linear system for ridge, soft thresholds for the lasso."""

from __future__ import annotations

import numpy as np


def ridge(X: np.ndarray, y: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
    """Set the gradient to zero: (AᵀA + alpha I) w = Aᵀy with the centred columns A."""
    _require_penalty(alpha)
    A = X - X.mean(axis=0)
    # The columns of A sum to zero, so the mean of y makes no difference to Aᵀy.
    coef = np.linalg.solve(A.T @ A + alpha * np.eye(X.shape[1]), A.T @ y)
    return coef, _intercept(X, y, coef)


def lasso(X: np.ndarray, y: np.ndarray, alpha: float, sweeps: int) -> tuple[np.ndarray, float]:
    """Cyclic coordinate descent; the residual is kept up to date instead of computed anew."""
    _require_penalty(alpha)
    A = X - X.mean(axis=0)
    squares = (A**2).sum(axis=0)
    coef, residual = np.zeros(X.shape[1]), y
    for _ in range(sweeps):
        for j in np.flatnonzero(squares):  # a constant column stays at 0
            without = residual + A[:, j] * coef[j]
            pull = A[:, j] @ without
            # The penalty pulls back with n * alpha; what is weaker than that does not leave 0.
            coef[j] = np.sign(pull) * max(abs(pull) - len(y) * alpha, 0.0) / squares[j]
            residual = without - A[:, j] * coef[j]
    return coef, _intercept(X, y, coef)


def _require_penalty(alpha: float) -> None:
    if alpha < 0:
        raise ValueError(f"alpha must not be negative: {alpha}")


def _intercept(X: np.ndarray, y: np.ndarray, coef: np.ndarray) -> float:
    """The best intercept makes the mean of the residuals zero."""
    return float(np.mean(y - X @ coef))
