"""A parametric and a non-parametric regression. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np


class LeastSquares:
    """Linear regression with an intercept."""

    def __init__(self) -> None:
        raise NotImplementedError

    def fit(self, X: np.ndarray, y: np.ndarray) -> Any:
        """Fit X of shape (n, d) and y of shape (n,); raises ValueError if their rows differ in number."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Predictions of shape (m,) for X of shape (m, d).

        Raises ValueError for another number of columns, and RuntimeError before fit.
        """
        raise NotImplementedError

    def n_parameters(self) -> int:
        """The number of fitted coefficients, with the intercept; raises RuntimeError before fit."""
        raise NotImplementedError


class NearestNeighbours:
    """The mean target of the k nearest rows, and of those that are exactly as far as the k-th."""

    def __init__(self, k: int) -> None:
        """Raises ValueError if k is less than 1."""
        raise NotImplementedError

    def fit(self, X: np.ndarray, y: np.ndarray) -> Any:
        """Fit X of shape (n, d) and y of shape (n,); raises ValueError if their rows differ in number."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Predictions of shape (m,) for X of shape (m, d).

        Raises ValueError for another number of columns, and RuntimeError before fit.
        """
        raise NotImplementedError

    def n_parameters(self) -> int:
        """How many numbers of the training data it keeps; raises RuntimeError before fit."""
        raise NotImplementedError
