"""The predictions stand one fold after the other, not where their rows stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def stratified_folds(y: np.ndarray, k: int, seed: int) -> list[np.ndarray]:
    n = len(y)
    if not 2 <= k <= n:
        raise ValueError(f"{n} rows cannot be divided into {k} folds")
    pile = np.lexsort((np.random.default_rng(seed).random(n), y))  # by class, at random within each
    # Dealing goes on from class to class, so that the rows left over do not all fall to the first folds.
    return [np.sort(pile[i::k]) for i in range(k)]


def cross_validate(
    fit: Callable[[np.ndarray, np.ndarray], Any],
    predict: Callable[[Any, np.ndarray], np.ndarray],
    X: np.ndarray,
    y: np.ndarray,
    folds: list[np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    n = len(y)
    if len(X) != n:
        raise ValueError(f"{len(X)} rows but {n} labels")
    if len(folds) < 2 or min(map(len, folds)) == 0:
        raise ValueError("need at least two folds, and rows in each")
    if not np.array_equal(np.sort(np.concatenate(folds)), np.arange(n)):
        raise ValueError("the folds must hold every row number exactly once")
    scores = np.empty(len(folds))
    predictions = np.empty_like(y)
    for i, test in enumerate(folds):
        train = np.setdiff1d(np.arange(n), test)
        model = fit(X[train], y[train])
        predictions[test] = predict(model, X[test])
        scores[i] = np.mean(predictions[test] == y[test])
    return scores, predictions[np.concatenate(folds)]
