"""Labels or numbers: write `task_type`, `build` and `score`. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def task_type(y: pd.Series) -> str:
    """Return "classification" or "regression", by the rule of the brief.

    y: text, categories, truth values, integers or floats, perhaps with missing values.
    Raises ValueError if no value is there.
    """
    raise NotImplementedError


def build(X: pd.DataFrame, y: pd.Series) -> Any:
    """Return an estimator of the right kind, fitted on the rows whose target is known.

    X: columns of floats, integers, text and categories, perhaps with missing values. y: the index of X.
    The estimator has predict(X_new), which returns an array of shape (m,): labels of y, or floats.
    Raises ValueError if y has no value that is not missing.
    """
    raise NotImplementedError


def score(y_true: pd.Series, y_pred: np.ndarray, kind: str | None = None) -> float:
    """Return balanced accuracy for classification, R² for regression.

    y_true, y_pred: n rows in the same order. kind: which of the two; None means task_type(y_true).
    Raises ValueError for unequal lengths, no rows and an unknown kind.
    """
    raise NotImplementedError
