"""One loop for the descent; logistic regression hands it a vectorised gradient."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def descend(
    gradient: Callable[[np.ndarray], np.ndarray],
    start: np.ndarray,
    rate: float,
    steps: int,
    tolerance: float,
) -> np.ndarray:
    if rate <= 0 or steps < 0 or tolerance < 0:
        raise ValueError(f"need rate > 0, steps >= 0, tolerance >= 0; got {rate}, {steps}, {tolerance}")
    point = np.array(start, dtype=float)
    path = [point]
    for _ in range(steps):
        slope = gradient(point)
        if np.linalg.norm(slope) <= tolerance:
            break
        with np.errstate(over="ignore", invalid="ignore"):
            point = point - rate * slope
        # A gradient that is not finite is above every tolerance, and makes such a point.
        if not np.isfinite(point).all():
            raise FloatingPointError("the point is not finite any more; try a smaller rate")
        path.append(point)
    return np.array(path)


def _sigmoid(z: np.ndarray) -> np.ndarray:
    small = np.exp(-np.abs(z))  # never overflows
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


def fit_logistic(
    X: np.ndarray,
    y: np.ndarray,
    rate: float = 0.5,
    steps: int = 2000,
    tolerance: float = 1e-6,
    penalty: float = 0.0,
) -> np.ndarray:
    if len(X) != len(y):
        raise ValueError(f"{len(X)} rows but {len(y)} labels")
    if not np.isin(y, (0, 1)).all():
        raise ValueError("labels must be 0 or 1")
    ones = np.column_stack([np.ones(len(X)), X])
    penalties = np.full(ones.shape[1], penalty)
    penalties[0] = 0.0  # the intercept

    def gradient(v: np.ndarray) -> np.ndarray:
        return ones.T @ (_sigmoid(ones @ v) - y) / len(y) + penalties * v

    return descend(gradient, np.zeros(ones.shape[1]), rate, steps, tolerance)[-1]
