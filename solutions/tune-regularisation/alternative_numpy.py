"""No search class and no grid object: numpy only, decades first, then thirds of a decade around the best."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pandas as pd


class Model:
    """Polynomial features, standardisation and ridge, fitted on the rows given."""

    def __init__(self, X: np.ndarray, y: np.ndarray, degree: int, alpha: float) -> None:
        self.degree = degree
        Z = expand(X, degree)
        self.mean, spread = Z.mean(axis=0), Z.std(axis=0)
        self.spread = np.where(spread <= 1e-12 * np.abs(self.mean), 1.0, spread)
        Z = (Z - self.mean) / self.spread
        self.level = y.mean()
        # Least squares on rows stacked with sqrt(alpha) I: the penalty as extra observations.
        extended = np.vstack([Z, np.sqrt(alpha) * np.eye(Z.shape[1])])
        target = np.concatenate([y - self.level, np.zeros(Z.shape[1])])
        Q, R = np.linalg.qr(extended)
        self.weights = np.linalg.solve(R, Q.T @ target)

    def predict(self, X: np.ndarray) -> np.ndarray:
        return self.level + (expand(X, self.degree) - self.mean) / self.spread @ self.weights


class Tuned(Model):
    """The model refitted on all rows, with what the search found."""

    def __init__(self, X: np.ndarray, y: np.ndarray, table: pd.DataFrame) -> None:
        best = table.loc[table["mean_rmse"].idxmin()]
        self.best_params_ = {"degree": int(best["degree"]), "alpha": float(best["alpha"])}
        self.cv_table_ = table
        super().__init__(X, y, **self.best_params_)


def tune(X: np.ndarray, y: np.ndarray) -> Tuned:
    """Coarse to fine: 20 settings over nine decades, then the neighbours of the best."""
    if len(X) != len(y) or not (np.isfinite(X).all() and np.isfinite(y).all()):
        raise ValueError("X and y must have equally many rows and hold finite numbers only")
    rows = [score(X, y, degree, 10.0**power) for degree in (1, 2) for power in range(-4, 6)]
    best = min(rows, key=lambda row: row["mean_rmse"])
    for step in (-2, -1, 1, 2):
        alpha = best["alpha"] * 10.0 ** (step / 3.0)
        if 1e-4 <= alpha <= 1e5:
            rows.append(score(X, y, int(best["degree"]), alpha))
    return Tuned(X, y, pd.DataFrame(rows).astype({"degree": np.int64}))


def score(X: np.ndarray, y: np.ndarray, degree: int, alpha: float) -> dict[str, float]:
    """One row of the table."""
    row: dict[str, float] = {"degree": degree, "alpha": alpha}
    blocks = np.array_split(np.arange(len(y)), 5)
    for number, test in enumerate(blocks, start=1):
        train = np.concatenate([block for other, block in enumerate(blocks, start=1) if other != number])
        errors = y[test] - Model(X[train], y[train], degree, alpha).predict(X[test])
        row[f"fold_{number}"] = float(np.sqrt(np.mean(errors**2)))
    row["mean_rmse"] = float(np.mean([row[f"fold_{number}"] for number in range(1, 6)]))
    return row


def expand(X: np.ndarray, degree: int) -> np.ndarray:
    """The columns and, for degree 2, their squares and products."""
    if degree == 1:
        return X
    pairs = combinations_with_replacement(range(X.shape[1]), 2)
    return np.column_stack([X, *(X[:, i] * X[:, j] for i, j in pairs)])
