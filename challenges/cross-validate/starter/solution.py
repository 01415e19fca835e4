"""Stratified folds and cross-validation, written by hand. The brief is in README.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def stratified_folds(y: np.ndarray, k: int, seed: int) -> list[np.ndarray]:
    """k arrays of row numbers, each increasing: every row is in one, shuffled within its class.

    y: shape (n,), integer or string labels. Every fold holds c / k rows of a class of c rows, and
    n / k rows in all, rounded down or up. Raises ValueError if k is less than 2 or more than n.
    """
    raise NotImplementedError


def cross_validate(
    fit: Callable[[np.ndarray, np.ndarray], Any],
    predict: Callable[[Any, np.ndarray], np.ndarray],
    X: np.ndarray,
    y: np.ndarray,
    folds: list[np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Accuracy on each fold, shape (len(folds),), and the label predicted for each row, shape (n,).

    fit(X_train, y_train) returns a model, predict(model, X_test) labels of shape (m,). X: shape
    (n, d). y: shape (n,). Raises ValueError before any fit if X and y differ in their rows, there
    are fewer than two folds, one is empty, or they do not hold each row number exactly once.
    """
    raise NotImplementedError
