"""Regression tasks whose signal has two halves, each the business of another base model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline
from sklearn.tree import DecisionTreeRegressor

Floats = npt.NDArray[np.float64]

ROWS, NEW_ROWS, COLUMNS = 300, 1000, 6


@dataclass(frozen=True)
class Task:
    """Training rows, new rows with the noise-free truth, and models to combine."""

    X: Floats
    y: Floats
    new_X: Floats
    truth: Floats
    models: list[Any]

    def error(self, predicted: Floats) -> float:
        """Root mean squared distance to the truth on the new rows."""
        return float(np.sqrt(np.mean((predicted - self.truth) ** 2)))

    def best_single(self) -> float:
        """The smallest error of a base model that is fitted on all rows."""
        fitted = [clone(model).fit(self.X, self.y) for model in self.models]
        return min(self.error(model.predict(self.new_X)) for model in fitted)


def on_columns(columns: list[int], model: Any) -> Pipeline:
    """A model that sees only these columns."""
    return Pipeline([("columns", ColumnTransformer([("seen", "passthrough", columns)])), ("model", model)])


def draw_task(rng: np.random.Generator, *, ordered: bool) -> Task:
    """Three columns enter linearly and two in waves, each part with variance 1; the noise has 1/4."""
    X = rng.normal(size=(ROWS + NEW_ROWS, COLUMNS))
    order = rng.permutation(COLUMNS)
    straight, wavy = [int(c) for c in order[:3]], [int(c) for c in order[3:5]]
    slopes = rng.normal(size=3)
    line = X[:, straight] @ (slopes / np.linalg.norm(slopes))
    waves = np.sin(X[:, wavy] * rng.uniform(1.0, 2.0, 2) + rng.uniform(-1.0, 1.0, 2)).sum(axis=1)
    truth = line + waves / waves.std() + rng.uniform(5.0, 20.0)
    y = truth + 0.5 * rng.normal(size=len(truth))
    models = [
        on_columns(straight, LinearRegression()),
        on_columns(wavy, KNeighborsRegressor(9)),
        DecisionTreeRegressor(random_state=0),
        DummyRegressor(),
    ]
    models = [models[i] for i in rng.permutation(4)]
    rows = np.argsort(y[:ROWS]) if ordered else np.arange(ROWS)
    return Task(X[rows], y[rows], X[ROWS:], truth[ROWS:], models)
