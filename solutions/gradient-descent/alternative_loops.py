"""Plain Python lists and sums; numpy only where arrays go in and out."""

import math

import numpy as np


def descend(gradient, start, rate, steps, tolerance):
    if not rate > 0:
        raise ValueError("rate must be positive")
    if steps < 0 or tolerance < 0:
        raise ValueError("steps and tolerance must not be negative")
    path = [[float(value) for value in start]]
    while len(path) <= steps:
        slope = [float(value) for value in gradient(np.array(path[-1]))]
        if not all(map(math.isfinite, slope)):
            raise FloatingPointError("gradient")
        if math.hypot(*slope) <= tolerance:
            break
        following = [value - rate * s for value, s in zip(path[-1], slope, strict=True)]
        if not all(map(math.isfinite, following)):
            raise FloatingPointError("point")
        path.append(following)
    return np.array(path)


def probability(z):
    return 0.5 * (1.0 + math.tanh(z / 2.0))


def fit_logistic(X, y, rate=0.5, steps=2000, tolerance=1e-6, penalty=0.0):
    rows = [[float(value) for value in row] for row in X]
    labels = [int(label) for label in y]
    if len(rows) != len(labels):
        raise ValueError("rows and labels differ in number")
    if set(labels) - {0, 1}:
        raise ValueError("only 0 and 1 are labels")
    size = len(rows[0])

    def gradient(v):
        b, *w = v.tolist()
        errors = [
            probability(b + sum(map(float.__mul__, w, row))) - label
            for row, label in zip(rows, labels, strict=True)
        ]
        parts = [sum(errors) / len(rows)]
        for j in range(size):
            parts.append(
                sum(e * row[j] for e, row in zip(errors, rows, strict=True)) / len(rows) + penalty * w[j]
            )
        return np.array(parts)

    return descend(gradient, np.zeros(size + 1), rate, steps, tolerance)[-1]
