"""Gradient descent and logistic regression, written by hand. The brief is in README.md."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def descend(
    gradient: Callable[[np.ndarray], np.ndarray],
    start: np.ndarray,
    rate: float,
    steps: int,
    tolerance: float,
) -> np.ndarray:
    """The path of gradient descent from `start`: shape (updates + 1, d), row 0 is `start`.

    At most `steps` updates; stops at a point whose gradient has a Euclidean norm of at most
    `tolerance`. Raises FloatingPointError on a gradient or point that is not finite, and
    ValueError for a rate that is not positive, negative steps or a negative tolerance.
    """
    raise NotImplementedError


def fit_logistic(
    X: np.ndarray,
    y: np.ndarray,
    rate: float = 0.5,
    steps: int = 2000,
    tolerance: float = 1e-6,
    penalty: float = 0.0,
) -> np.ndarray:
    """Intercept and weights, shape (d + 1,), after descending the mean log loss from zeros.

    X: shape (n, d). y: shape (n,), zeros and ones. penalty / 2 times the squared norm of the
    weights, without the intercept, is added to the loss. Raises ValueError if the rows do not
    match or y holds another label.
    """
    raise NotImplementedError
