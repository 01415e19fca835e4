"""Crashes on text that training did not have: the encoder is left at its default."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import balanced_accuracy_score, r2_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

FEW = 20  # distinct whole numbers, at most, that can be codes
REPEATS = 5  # rows for each of them, at least, on average


def task_type(y: pd.Series) -> str:
    """Say "classification" or "regression": what the values mean decides, as far as they show it."""
    known = y.dropna()
    if known.empty:
        raise ValueError("y has no value that is not missing")
    if pd.api.types.is_bool_dtype(known) or not pd.api.types.is_numeric_dtype(known):
        return "classification"
    if (known % 1 != 0).any():
        return "regression"
    distinct = known.nunique()
    repeated = distinct <= FEW and len(known) >= REPEATS * distinct
    return "classification" if distinct <= 2 or repeated else "regression"


def build(X: pd.DataFrame, y: pd.Series) -> Any:
    """Return a pipeline with `predict`, fitted on the rows whose target is known."""
    known = y.notna().to_numpy()
    target = y[known].to_numpy()
    if target.dtype == object:  # text: as numpy's own dtype, which predict then gives back
        target = target.astype(str)
    model = LogisticRegression() if task_type(y) == "classification" else Ridge()
    number = make_column_selector(dtype_include="number")
    other = make_column_selector(dtype_exclude="number")
    prepare = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), number),
        (OneHotEncoder(), other),
    )
    return make_pipeline(prepare, model).fit(X[known], target)


def score(y_true: pd.Series, y_pred: np.ndarray, kind: str | None = None) -> float:
    """Balanced accuracy for classes, R² for numbers; `kind` saves guessing it from the test rows."""
    kind = task_type(y_true) if kind is None else kind
    if kind == "classification":
        return float(balanced_accuracy_score(y_true.to_numpy(), y_pred))
    if kind == "regression":
        return float(r2_score(y_true.to_numpy(), y_pred))
    raise ValueError(f"kind must be classification or regression, not {kind!r}")
