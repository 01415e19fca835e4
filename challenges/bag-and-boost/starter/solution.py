"""Bagging and AdaBoost around a given learner. The brief is in README.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Fit = Callable[[np.ndarray, np.ndarray, np.ndarray], Any]  # fit(X, y, weights) returns a model
Predict = Callable[[Any, np.ndarray], np.ndarray]  # predict(model, X) returns labels -1 and 1


def bag(fit: Fit, X: np.ndarray, y: np.ndarray, rounds: int, seed: int) -> list[Any]:
    """Models trained on bootstrap samples of the rows, one sample for each of `rounds` models.

    X: shape (n, d), y: shape (n,), labels -1 and 1. The same seed draws the same samples.
    Raises ValueError if rounds is less than 1 or for other labels.
    """
    raise NotImplementedError


def adaboost(
    fit: Fit, predict: Predict, X: np.ndarray, y: np.ndarray, rounds: int
) -> tuple[list[Any], np.ndarray]:
    """The models of at most `rounds` rounds of discrete AdaBoost, and their alphas.

    X: shape (n, d), y: shape (n,), labels -1 and 1. Stops at a model with error 0.5 or more,
    which is dropped; a model with error 0 is returned alone, with alpha 1. Raises ValueError
    if rounds is less than 1 or for other labels.
    """
    raise NotImplementedError


def vote(predict: Predict, models: list[Any], weights: np.ndarray, X: np.ndarray) -> np.ndarray:
    """The label with the larger sum of weights for each row of X, an integer array; 1 if equal."""
    raise NotImplementedError
