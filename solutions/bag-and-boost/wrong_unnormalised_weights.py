"""The weights are never divided by their sum, so the error is no share of anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Fit = Callable[[np.ndarray, np.ndarray, np.ndarray], Any]
Predict = Callable[[Any, np.ndarray], np.ndarray]


def bag(fit: Fit, X: np.ndarray, y: np.ndarray, rounds: int, seed: int) -> list[Any]:
    _check(y, rounds)
    rng = np.random.default_rng(seed)
    models = []
    for _ in range(rounds):
        rows = rng.integers(len(y), size=len(y))
        models.append(fit(X[rows], y[rows], _equal(len(y))))
    return models


def adaboost(
    fit: Fit, predict: Predict, X: np.ndarray, y: np.ndarray, rounds: int
) -> tuple[list[Any], np.ndarray]:
    _check(y, rounds)
    weights = _equal(len(y))
    models, alphas = [], []
    for _ in range(rounds):
        model = fit(X, y, weights)
        wrong = predict(model, X) != y
        error = weights[wrong].sum()
        if error >= 0.5:
            break
        if error == 0:
            return [model], np.ones(1)
        alpha = 0.5 * np.log((1 - error) / error)
        models.append(model)
        alphas.append(alpha)
        weights = weights * np.exp(np.where(wrong, alpha, -alpha))
    return models, np.array(alphas)


def vote(predict: Predict, models: list[Any], weights: np.ndarray, X: np.ndarray) -> np.ndarray:
    total = np.zeros(len(X))
    for model, weight in zip(models, weights, strict=True):
        total = total + weight * predict(model, X)
    return np.where(total >= 0, 1, -1)


def _check(y: np.ndarray, rounds: int) -> None:
    if rounds < 1:
        raise ValueError(f"need at least one round, not {rounds}")
    if not np.isin(y, (-1, 1)).all():
        raise ValueError("labels must be -1 or 1")


def _equal(rows: int) -> np.ndarray:
    return np.full(rows, 1 / rows)
