"""Principal component analysis, written by hand. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np


def fit_pca(X: np.ndarray, n_components: int | float) -> dict[str, Any]:
    """A dict with "mean", shape (d,), "components", shape (k, d), "variances", shape (k,), and the
    float "total_variance".

    X: shape (n, d). n_components: an integer from 1 to min(n - 1, d), or as a float the share of
    the total variance to explain, between 0 and 1. Raises ValueError for any other n_components
    and if all rows are equal.
    """
    raise NotImplementedError


def transform(pca: dict[str, Any], X: np.ndarray) -> np.ndarray:
    """Coordinates, shape (m, k), of the rows of X, shape (m, d).

    Raises ValueError for another number of columns.
    """
    raise NotImplementedError


def inverse_transform(pca: dict[str, Any], Z: np.ndarray) -> np.ndarray:
    """The points, shape (m, d), with the coordinates Z, shape (m, k).

    Raises ValueError for another number of columns.
    """
    raise NotImplementedError


def explained_variance_ratio(pca: dict[str, Any]) -> np.ndarray:
    """Each component's share of the total variance, shape (k,)."""
    raise NotImplementedError
