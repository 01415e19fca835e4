"""Blends: base models fitted on one half, weights learned on the other, and nothing is fitted again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.linear_model import LinearRegression


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
        fitted = clone(model).fit(X[~inside], y[~inside])
        predictions[inside] = fitted.predict(X[inside])
    return predictions


def stack(base_models: list[Any], X: np.ndarray, y: np.ndarray) -> Stack:
    """Learn the weights from predictions for unseen rows. Without a model, numpy raises ValueError."""
    if not base_models or len(X) != len(y):
        raise ValueError("need a model, and as many rows of X as of y")
    half = np.random.default_rng(0).permutation(len(y)) < len(y) // 2
    models = [clone(model).fit(X[half], y[half]) for model in base_models]
    unseen = np.column_stack([model.predict(X[~half]) for model in models])
    return Stack(models, LinearRegression().fit(unseen, y[~half]))
