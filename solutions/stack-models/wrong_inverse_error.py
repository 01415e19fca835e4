"""Weights by inverse error, summing to 1: models that each know one half cannot be added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.model_selection import KFold


@dataclass(frozen=True)
class Stack:
    """Fitted base models, and the model that weighs them."""

    models: list[Any]
    weights: np.ndarray

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Weigh the predictions of the base models."""
        columns = np.column_stack([model.predict(X) for model in self.models])
        return np.average(columns, axis=1, weights=self.weights)


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


def stack(base_models: list[Any], X: np.ndarray, y: np.ndarray) -> Stack:
    """Learn the weights from predictions for unseen rows. Without a model, numpy raises ValueError."""
    folds = np.empty(len(X), int)
    for number, (_, rows) in enumerate(KFold(shuffle=True, random_state=0).split(X)):
        folds[rows] = number
    errors = [np.mean((out_of_fold(model, X, y, folds) - y) ** 2) for model in base_models]
    models = [clone(model).fit(X, y) for model in base_models]
    return Stack(models, 1 / np.array(errors))
