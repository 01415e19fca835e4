"""Stack models: write `out_of_fold` and `stack`. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np


def out_of_fold(model: Any, X: np.ndarray, y: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """The prediction for each row by a copy of `model` that was fitted on the rows of all other folds.

    X: shape (n, p). y: shape (n,). folds: integers of shape (n,), the fold of each row. Returns shape (n,).
    Raises ValueError for unequal numbers of rows and for fewer than two folds.
    """
    raise NotImplementedError


def stack(base_models: list[Any], X: np.ndarray, y: np.ndarray) -> Any:
    """Return an object whose `predict` combines the base models, fitted on all rows, in a weighted sum.

    The weights are learned from out-of-fold predictions. Raises ValueError for no models and for unequal
    numbers of rows.
    """
    raise NotImplementedError
