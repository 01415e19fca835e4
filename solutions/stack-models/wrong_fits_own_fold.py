"""Mixes up the two sides: fits on the fold and predicts the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold


@dataclass(frozen=True)
class Stack:
    """Fitted base models, and the model that weighs them."""

    models: list[Any]
    weigher: LinearRegression

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Weigh the predictions of the base models."""
        return self.weigher.predict(np.column_stack([model.predict(X) for model in self.models]))


def out_of_fold(model: Any, X: np.ndarray, y: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Predict each fold by a copy that was fitted on the others. With one fold, none is left to fit on."""
    if not len(X) == len(y) == len(folds):
        raise ValueError(f"{len(X)} rows of X, {len(y)} of y and {len(folds)} of folds")
    predictions = np.empty(len(y))
    for fold in np.unique(folds):
        inside = folds == fold
        fitted = clone(model).fit(X[inside], y[inside])
        predictions[inside] = fitted.predict(X[inside])
    return predictions


def stack(base_models: list[Any], X: np.ndarray, y: np.ndarray) -> Stack:
    """Learn the weights from predictions for unseen rows. Without a model, numpy raises ValueError."""
    folds = np.empty(len(X), int)
    for number, (_, rows) in enumerate(KFold(shuffle=True, random_state=0).split(X)):
        folds[rows] = number
    unseen = np.column_stack([out_of_fold(model, X, y, folds) for model in base_models])
    weigher = LinearRegression().fit(unseen, y)
    return Stack([clone(model).fit(X, y) for model in base_models], weigher)
