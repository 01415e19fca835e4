"""Regressions with known answers: extra rows for ridge, planted minima and trial values for the lasso."""

from __future__ import annotations

import numpy as np


def draw(rng, rows, columns):
    """Correlated columns with means and scales of their own, and a noisy linear y."""
    mixed = rng.normal(size=(rows, columns)) + 0.7 * rng.normal(size=(rows, 1))
    X = mixed * rng.uniform(0.5, 2.0, columns) + rng.uniform(-5, 5, columns)
    y = X @ rng.normal(size=columns) + rng.normal(size=rows) + rng.uniform(20, 40)
    return X, y


def centred(X):
    return X - X.mean(axis=0)


def ridge_by_rows(X, y, alpha):
    """Least squares with a row of its own for each penalty, and none for the intercept."""
    columns = X.shape[1]
    design = np.column_stack([np.ones(len(y)), X])
    extra = np.sqrt(alpha) * np.eye(columns + 1)[1:]
    answer = np.linalg.lstsq(np.vstack([design, extra]), np.append(y, np.zeros(columns)), rcond=None)[0]
    return answer[1:], float(answer[0])


def lasso_by_trial(X, y, alpha, sweeps):
    """Each update tries zero and the lowest point on either side of it, and keeps the best."""
    A, t, n = centred(X), y - y.mean(), len(y)
    w = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j, column in enumerate(A.T):
            others = np.delete(np.arange(len(w)), j)
            curvature, slope = column @ column / n, column @ (t - A[:, others] @ w[others]) / n
            trials = [0.0, max((slope - alpha) / curvature, 0.0), min((slope + alpha) / curvature, 0.0)]
            w[j] = min(trials, key=lambda v: curvature * v * v / 2 - slope * v + alpha * abs(v))
    return w, float(np.mean(y - X @ w))


def planted_lasso(rng, rows, columns, nonzero):
    """X, y and alpha with the minimiser chosen beforehand: (X, y, alpha, w, b).

    The residual r is built so that at w the slope of the loss is alpha times the sign on the
    columns that count, and clearly less than alpha on the others. That is what a minimum is.
    """
    alpha = float(rng.uniform(0.3, 1.5))
    A = centred(rng.normal(size=(rows, columns)) + 0.3 * rng.normal(size=(rows, 1)))
    A *= rng.uniform(0.7, 1.5, columns)
    support = np.sort(rng.choice(columns, nonzero, replace=False))
    signs = rng.permutation(np.where(np.arange(nonzero) % 2, -1.0, 1.0))
    chosen = A[:, support]
    noise = centred(rng.normal(size=rows))
    noise -= chosen @ np.linalg.lstsq(chosen, noise, rcond=None)[0]
    r = chosen @ np.linalg.solve(chosen.T @ chosen, rows * alpha * signs) + noise
    slope = np.abs(A.T @ r) / rows / alpha
    too_steep = np.setdiff1d(np.flatnonzero(slope > 0.8), support)
    A[:, too_steep] *= 0.8 / slope[too_steep]
    w = np.zeros(columns)
    w[support] = signs * rng.uniform(0.5, 3.0, nonzero)
    level, means = float(rng.uniform(10, 30)), rng.uniform(-5, 5, columns)
    return A + means, A @ w + r + level, alpha, w, level - float(means @ w)
