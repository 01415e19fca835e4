"""Regression metrics: write `mae`, `rmse`, `r2` and `adjusted_r2`. The brief is in README.md."""

from __future__ import annotations

import numpy as np


def mae(y_true: np.ndarray, y_pred: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Return the mean absolute error.

    y_true, y_pred: shape (n,) or (n, k). weights: shape (n,). Raises ValueError as in the brief.
    """
    raise NotImplementedError


def rmse(y_true: np.ndarray, y_pred: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Return the root mean squared error: one root over all rows and outputs.

    Raises ValueError as in the brief.
    """
    raise NotImplementedError


def r2(y_true: np.ndarray, y_pred: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Return R², the mean over the outputs. Raises ValueError as in the brief."""
    raise NotImplementedError


def adjusted_r2(
    y_true: np.ndarray, y_pred: np.ndarray, n_features: int, weights: np.ndarray | None = None
) -> float:
    """Return R² adjusted for a model with `n_features` features. Raises ValueError as in the brief."""
    raise NotImplementedError
