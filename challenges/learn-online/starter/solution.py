"""An online classifier and its evaluation. The brief is in README.md."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


class OnlineLearner:
    """A binary classifier of constant size that learns row by row and follows a changing concept."""

    def __init__(self, n_features: int) -> None:
        """Raises ValueError if n_features is less than 1."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Classes 0 or 1, integers of shape (m,), for X of shape (m, n_features). Learns nothing.

        Raises ValueError for another number of columns.
        """
        raise NotImplementedError

    def update(self, X: np.ndarray, y: np.ndarray) -> None:
        """Learn from the rows of X, shape (m, n_features), with labels y, shape (m,), in order.

        Raises ValueError for another number of columns, for rows and labels that differ in
        number and for labels other than 0 and 1; the state is then as before.
        """
        raise NotImplementedError

    def state(self) -> np.ndarray:
        """All that the learner knows: finite floats of shape (k,), k fixed, at most
        4 * (n_features + 1) ** 2."""
        raise NotImplementedError


def restore(n_features: int, state: np.ndarray) -> OnlineLearner:
    """A learner that goes on where the one with this state was.

    Raises ValueError if the length of the state is wrong.
    """
    raise NotImplementedError


def prequential(
    predict: Callable[[np.ndarray], np.ndarray],
    update: Callable[[np.ndarray, np.ndarray], None],
    X: np.ndarray,
    y: np.ndarray,
) -> float:
    """The share of rows predicted right when each is predicted first and learned then.

    X: shape (n, d), y: shape (n,). `predict` takes a block of shape (1, d) and returns shape
    (1,); `update` takes the block and its label, shape (1,). Raises ValueError if there is no
    row or if X and y differ in their number of rows.
    """
    raise NotImplementedError
