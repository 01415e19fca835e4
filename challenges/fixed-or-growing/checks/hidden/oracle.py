"""Rows to learn from, and both predictions in another way: row by row, and without a column of ones."""

from __future__ import annotations

import math

import numpy as np


def draw(rng, rows, columns):
    """Columns with means and scales of their own, and a noisy linear y with a level."""
    X = rng.normal(size=(rows, columns)) * rng.uniform(0.3, 3.0, columns) + rng.uniform(-4, 4, columns)
    y = X @ rng.normal(size=columns) + rng.normal(size=rows) + rng.uniform(10, 20)
    return X, y


def grid(rng, rows, columns, size):
    """Rows with whole coordinates from 0 to size - 1, so that many distances are equal; targets differ."""
    return rng.integers(0, size, (rows, columns)).astype(float), rng.normal(size=rows) + 3.0


def linear(X, y, new):
    """Least squares on centred data: the line goes through the means."""
    weights = np.linalg.pinv(X - X.mean(axis=0)) @ (y - y.mean())
    return y.mean() + (new - X.mean(axis=0)) @ weights


def neighbours(X, y, k, new):
    """For one row after the other: order all rows by distance, and go on while it is that of the k-th."""
    answers = []
    for point in new:
        squared = [math.fsum((row - point) ** 2) for row in X]
        ordered = sorted(zip(squared, y, strict=True))
        limit = ordered[min(k, len(ordered)) - 1][0]
        answers.append(np.mean([target for distance, target in ordered if distance <= limit]))
    return np.array(answers)


def wave(x):
    return np.sin(2 * np.pi * 3 * x[:, 0])


def rms(errors):
    return float(np.sqrt(np.mean(errors**2)))
