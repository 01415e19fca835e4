"""Ridge and lasso regression. The brief is in README.md."""

from __future__ import annotations

import numpy as np


def ridge(X: np.ndarray, y: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
    """Coefficients and intercept that minimise ||y - X w - b||² + alpha ||w||².

    X: shape (n, d), y: shape (n,). Returns w of shape (d,) and b, which is not penalised.
    Raises ValueError if alpha is negative.
    """
    raise NotImplementedError


def lasso(X: np.ndarray, y: np.ndarray, alpha: float, sweeps: int) -> tuple[np.ndarray, float]:
    """Coordinate descent on ||y - X w - b||² / (2 n) + alpha * (sum of |w_j|), from all zeros.

    X: shape (n, d), y: shape (n,). A sweep updates every coefficient once, in the order of the
    columns; b is always the best one for the coefficients. Returns w of shape (d,) and b after
    `sweeps` sweeps. Raises ValueError if alpha is negative.
    """
    raise NotImplementedError
