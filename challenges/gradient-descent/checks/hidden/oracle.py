"""Quadratics with known spectra, a plain descent, and Newton's method for the logistic optimum."""

from __future__ import annotations

import numpy as np


class Quadratic:
    """f(x) = (x - centre)' A (x - centre) / 2 with the given curvatures in random directions."""

    def __init__(self, rng, curvatures):
        size = len(curvatures)
        self.directions, _ = np.linalg.qr(rng.normal(size=(size, size)))
        self.curvatures = np.asarray(curvatures, dtype=float)
        self.centre = rng.normal(size=size)
        self.matrix = self.directions * self.curvatures @ self.directions.T

    def gradient(self, point):
        return self.matrix @ (point - self.centre)

    def path(self, start, rate, updates):
        """In closed form: along a direction of curvature c, each update scales the error by 1 - rate c."""
        errors = self.directions.T @ (start - self.centre)
        powers = (1 - rate * self.curvatures) ** np.arange(updates + 1)[:, None]
        return self.centre + powers * errors @ self.directions.T


def plain_path(gradient, start, rate, updates):
    """Points 0 to `updates`, without any stopping rule."""
    points = [np.asarray(start, dtype=float)]
    for _ in range(updates):
        points.append(points[-1] - rate * gradient(points[-1]))
    return np.array(points)


def draw_rows(rng, n, d, scale=1.0):
    """Rows with overlapping classes, so that the optimum is finite; both classes occur."""
    X = rng.normal(size=(n, d)) * scale
    logits = 0.4 + X / scale @ rng.normal(size=d)
    y = (rng.random(n) < 1 / (1 + np.exp(-logits))).astype(np.int64)
    y[:2] = 0, 1
    return X, y


def log_loss_gradient(v, X, y, penalty):
    """Gradient of the penalised mean log loss at v = (b, w); tanh never overflows."""
    errors = 0.5 + 0.5 * np.tanh(0.5 * (v[0] + X @ v[1:])) - y
    return np.concatenate([[errors.mean()], (errors[:, None] * X).mean(axis=0) + penalty * v[1:]])


def logistic_optimum(X, y, penalty):
    """Minimise by Newton's method; penalty > 0 keeps it well behaved."""
    ones = np.column_stack([np.ones(len(y)), X])
    shrink = penalty * np.diag([0.0] + [1.0] * X.shape[1])
    v = np.zeros(ones.shape[1])
    for _ in range(50):
        p = 0.5 + 0.5 * np.tanh(0.5 * (ones @ v))
        slope = ones.T @ (p - y) / len(y) + shrink @ v
        curvature = (ones * (p * (1 - p))[:, None]).T @ ones / len(y) + shrink
        v = v - np.linalg.solve(curvature, slope)
    return v
