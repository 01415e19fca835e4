"""Learn the rule: write `fit` and `predict`. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np


def hand_written_rule(X: np.ndarray) -> np.ndarray:
    """The rule that is given, and fails elsewhere: two or more of "free", "winner" and "prize" are spam."""
    return (X[:, 0] + X[:, 1] + X[:, 2] >= 2).astype(int)


def fit(X: np.ndarray, y: np.ndarray) -> Any:
    """Learn from labelled messages what marks spam; returns a model, any object that `predict` understands.

    X: word counts, shape (n, p), int64. y: shape (n,), int64, 1 for spam and 0 for ham.
    Raises ValueError if the numbers of rows differ or there is no row.
    """
    raise NotImplementedError


def predict(model: Any, X: np.ndarray) -> np.ndarray:
    """Label messages: integer array of shape (m,), 1 for spam and 0 for ham.

    model: what `fit` returned. X: word counts, shape (m, p), int64; m may be 0.
    Raises ValueError if the number of columns is not that of training.
    """
    raise NotImplementedError
