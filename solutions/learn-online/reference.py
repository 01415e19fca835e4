"""Recursive least squares with a forgetting factor (Haykin, Adaptive Filter Theory, chapter on RLS)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

FORGETTING = 0.98  # a row counts half as much 34 rows later


class OnlineLearner:
    def __init__(self, n_features: int) -> None:
        if n_features < 1:
            raise ValueError(f"need at least one feature, not {n_features}")
        self.size = n_features + 1
        self.weights = np.zeros(self.size)
        self.spread = 100.0 * np.eye(self.size)  # inverse of the discounted Gram matrix

    def _with_ones(self, X: np.ndarray) -> np.ndarray:
        if X.shape[1] != self.size - 1:
            raise ValueError(f"need {self.size - 1} columns, got shape {X.shape}")
        return np.column_stack([np.ones(len(X)), X])

    def predict(self, X: np.ndarray) -> np.ndarray:
        return (self._with_ones(X) @ self.weights > 0).astype(int)

    def update(self, X: np.ndarray, y: np.ndarray) -> None:
        rows = self._with_ones(X)
        if len(rows) != len(y):
            raise ValueError(f"{len(rows)} rows but {len(y)} labels")
        if not np.isin(y, (0, 1)).all():
            raise ValueError("labels must be 0 or 1")
        for row, target in zip(rows, 2 * y - 1, strict=True):
            self._learn(row, target)

    def _learn(self, row: np.ndarray, target: float) -> None:
        moved = self.spread @ row
        gain = moved / (FORGETTING + row @ moved)
        self.weights = self.weights + gain * (target - row @ self.weights)
        spread = (self.spread - np.outer(gain, moved)) / FORGETTING
        self.spread = (spread + spread.T) / 2  # rounding would otherwise grow with each division

    def state(self) -> np.ndarray:
        return np.concatenate([self.weights, self.spread.ravel()])


def restore(n_features: int, state: np.ndarray) -> OnlineLearner:
    learner = OnlineLearner(n_features)
    size = learner.size
    if len(state) != size + size * size:
        raise ValueError(f"a state has {size + size * size} numbers, not {len(state)}")
    learner.weights = np.array(state[:size])
    learner.spread = np.array(state[size:]).reshape(size, size)
    return learner


def prequential(
    predict: Callable[[np.ndarray], np.ndarray],
    update: Callable[[np.ndarray, np.ndarray], None],
    X: np.ndarray,
    y: np.ndarray,
) -> float:
    if len(X) != len(y) or len(y) == 0:
        raise ValueError(f"need as many rows as labels, and one at least: {len(X)} and {len(y)}")
    right = 0
    for i in range(len(y)):
        block, label = X[i : i + 1], y[i : i + 1]
        right += int(predict(block)[0] == label[0])
        update(block, label)
    return right / len(y)
