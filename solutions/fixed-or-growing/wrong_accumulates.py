"""Every fit adds its rows to those of the fits before."""

from __future__ import annotations

import numpy as np


class LeastSquares:
    def __init__(self) -> None:
        self._weights: np.ndarray | None = None

    def fit(self, X: np.ndarray, y: np.ndarray) -> None:
        ones = np.column_stack([np.ones(len(X)), X])
        self._weights = np.linalg.lstsq(ones, y, rcond=None)[0]

    def predict(self, X: np.ndarray) -> np.ndarray:
        weights = _fitted(self._weights)
        return weights[0] + X @ weights[1:]

    def n_parameters(self) -> int:
        return len(_fitted(self._weights))


class NearestNeighbours:
    def __init__(self, k: int) -> None:
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        self._k = k
        self._data: np.ndarray | None = None

    def fit(self, X: np.ndarray, y: np.ndarray) -> None:
        data = np.column_stack([X, y])
        self._data = data if self._data is None else np.vstack([self._data, data])

    def predict(self, X: np.ndarray) -> np.ndarray:
        data = _fitted(self._data)
        rows, targets = data[:, :-1], data[:, -1]
        if X.shape[1] != rows.shape[1]:
            raise ValueError(f"need {rows.shape[1]} columns, got {X.shape[1]}")
        squared = ((X[:, None] - rows) ** 2).sum(axis=2)
        last = min(self._k, len(rows)) - 1
        near = squared <= np.sort(squared, axis=1)[:, [last]]
        return near @ targets / near.sum(axis=1)

    def n_parameters(self) -> int:
        return _fitted(self._data).size


def _fitted(learned: np.ndarray | None) -> np.ndarray:
    if learned is None:
        raise RuntimeError("call fit first")
    return learned
