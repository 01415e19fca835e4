"""The four metrics in exact fractions, one output and one row at a time; and predictions to measure."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

METRICS = ("mae", "rmse", "r2")


def expected(metric, y_true, y_pred, weights=None):
    """What `mae`, `rmse` or `r2` must return."""
    truth, guess = _columns(y_true), _columns(y_pred)
    shares = [Fraction(float(w)) for w in (np.ones(len(y_true)) if weights is None else weights)]
    pairs = list(zip(truth, guess, strict=True))
    if metric == "mae":
        sizes = [[abs(t - g) for t, g in zip(*pair, strict=True)] for pair in pairs]
        return float(_mean([_weighted(values, shares) for values in sizes]))
    squares = [_weighted([(t - g) ** 2 for t, g in zip(*pair, strict=True)], shares) for pair in pairs]
    if metric == "rmse":
        return math.sqrt(_mean(squares))
    explained = [_explained(*pair, square, shares) for pair, square in zip(pairs, squares, strict=True)]
    return float(_mean(explained))


def expected_adjusted(y_true, y_pred, features, weights=None):
    """What `adjusted_r2` must return."""
    rows = len(y_true)
    return 1 - (1 - expected("r2", y_true, y_pred, weights)) * (rows - 1) / (rows - features - 1)


def _columns(values):
    table = np.asarray(values, dtype=float).reshape(len(values), -1)
    return [[Fraction(value) for value in column] for column in table.T.tolist()]


def _weighted(values, shares):
    return sum((w * v for w, v in zip(shares, values, strict=True)), Fraction(0)) / sum(shares, Fraction(0))


def _mean(values):
    return sum(values, Fraction(0)) / len(values)


def _explained(truth, guess, square, shares):
    if len(set(truth)) == 1:
        return Fraction(truth == guess)
    centre = _weighted(truth, shares)
    return 1 - square / _weighted([(value - centre) ** 2 for value in truth], shares)


def draw(rng, rows=30, outputs=None):
    """Truth and useful but imperfect predictions; the outputs have different sizes and skills."""
    shape = (rows,) if outputs is None else (rows, outputs)
    size = 1.0 if outputs is None else np.arange(1.0, outputs + 1) ** 2
    truth = (rng.normal(size=shape) + 1.0) * size
    noise = rng.normal(scale=0.6, size=shape) * (size if outputs is None else size[::-1])
    return truth, truth + noise
