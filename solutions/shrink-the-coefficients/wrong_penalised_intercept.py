"""The intercept is one more coefficient, and is penalised like one."""

from __future__ import annotations

import numpy as np


def _with_ones(X: np.ndarray, alpha: float) -> np.ndarray:
    if alpha < 0:
        raise ValueError(f"alpha must not be negative: {alpha}")
    return np.column_stack([X, np.ones(len(X))])


def ridge(X: np.ndarray, y: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
    A = _with_ones(X, alpha)
    coef = np.linalg.solve(A.T @ A + alpha * np.eye(A.shape[1]), A.T @ y)
    return coef[:-1], float(coef[-1])


def lasso(X: np.ndarray, y: np.ndarray, alpha: float, sweeps: int) -> tuple[np.ndarray, float]:
    A = _with_ones(X, alpha)
    coef = np.zeros(A.shape[1])
    for _ in range(sweeps):
        for j in range(A.shape[1]):
            pull = A[:, j] @ (y - A @ coef + A[:, j] * coef[j])
            coef[j] = np.sign(pull) * max(abs(pull) - len(y) * alpha, 0.0) / (A[:, j] @ A[:, j])
    return coef[:-1], float(coef[-1])
