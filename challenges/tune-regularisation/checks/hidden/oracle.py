"""The pipeline of the brief, written out: polynomial features, standardisation, ridge, five folds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
from worlds import Task

Floats = npt.NDArray[np.float64]

DEGREES = (1, 2)
FOLDS = 5
ALPHAS = np.logspace(-4.0, 5.0, 73)


def expand(X: Floats, degree: int) -> Floats:
    """All products of 1 to `degree` columns, repetition allowed; no constant column."""
    columns = range(X.shape[1])
    products = [
        X[:, list(which)].prod(axis=1)
        for power in range(1, degree + 1)
        for which in combinations_with_replacement(columns, power)
    ]
    return np.stack(products, axis=1)


@dataclass(frozen=True)
class Path:
    """Ridge fits for every alpha at once, from one singular value decomposition of the standardised features.

    For standardised Z = U S V' and centred y the minimiser of |y - Zw|^2 + alpha |w|^2 is
    w = V diag(s / (s^2 + alpha)) U'y (Hastie, Tibshirani and Friedman, 2009, section 3.4.1).
    """

    degree: int
    mean: Floats
    spread: Floats
    right: Floats  # V', components x features
    singular: Floats
    projected: Floats  # U'y
    level: float

    @classmethod
    def fit(cls, X: Floats, y: Floats, degree: int) -> Path:
        """Learn everything, scales included, from these rows."""
        Z = expand(X, degree)
        mean, spread = Z.mean(axis=0), Z.std(axis=0)
        constant = spread <= 1e-12 * np.abs(mean)
        spread = np.where(constant, 1.0, spread)
        level = float(y.mean())
        left, singular, right = np.linalg.svd((Z - mean) / spread, full_matrices=False)
        return cls(degree, mean, spread, right, singular, left.T @ (y - level), level)

    def predict(self, X: Floats, alphas: Floats) -> Floats:
        """Predictions of shape (rows, alphas)."""
        shrunk = (self.singular * self.projected)[:, None] / (self.singular[:, None] ** 2 + alphas[None, :])
        Z = (expand(X, self.degree) - self.mean) / self.spread
        return np.asarray(self.level + Z @ (self.right.T @ shrunk))


def fold_rows(rows: int) -> list[Floats]:
    """The test rows of each fold: consecutive blocks, the first `rows % 5` of them one row longer."""
    return np.array_split(np.arange(rows), FOLDS)


def cv_table(X: Floats, y: Floats, degree: int, alphas: Floats) -> Floats:
    """RMSE on each fold of the pipeline fitted on the other four: shape (alphas, FOLDS)."""
    columns = []
    for test in fold_rows(len(y)):
        train = np.setdiff1d(np.arange(len(y)), test)
        predicted = Path.fit(X[train], y[train], degree).predict(X[test], alphas)
        columns.append(rmse(predicted, y[test]))
    return np.stack(columns, axis=1)


def rmse(predicted: Floats, y: Floats) -> Floats:
    """Root mean squared error of each column."""
    return np.asarray(np.sqrt(np.mean((predicted - y[:, None]) ** 2, axis=0)))


def best_possible(task: Task) -> float:
    """The smallest RMSE on the hidden rows that any setting reaches: the oracle knows the hidden y."""
    errors = [
        rmse(Path.fit(task.X, task.y, degree).predict(task.hidden_X, ALPHAS), task.hidden_y).min()
        for degree in DEGREES
    ]
    return float(min(errors))
