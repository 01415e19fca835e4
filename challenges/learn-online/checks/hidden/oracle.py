"""Streams with and without drift, and the learner to measure against."""

from __future__ import annotations

import numpy as np

from grader.checks import array

FEATURES = 6
BLOCK = 10


def _direction(rng):
    v = rng.normal(size=FEATURES)
    return v / np.linalg.norm(v)


def _across(rng, w):
    """A direction at a right angle to w."""
    v = rng.normal(size=FEATURES)
    v -= (v @ w) * w
    return v / np.linalg.norm(v)


def _rows(rng, concepts):
    """One row per concept (w, b): features and a noisy label."""
    X = rng.normal(size=(len(concepts), FEATURES))
    margin = np.sum(concepts[:, :-1] * X, axis=1) + concepts[:, -1]
    return X, (margin + 0.3 * rng.normal(size=len(X)) > 0).astype(np.int64)


def _concept(rng, w):
    return np.append(w, rng.uniform(-0.3, 0.3))


def fixed_stream(rng, n):
    """The concept stays."""
    return _rows(rng, np.tile(_concept(rng, _direction(rng)), (n, 1)))


def reversed_stream(rng, before, after):
    """`before` rows of a concept, then `after` rows of its opposite."""
    concept = _concept(rng, _direction(rng))
    return _rows(rng, np.concatenate([np.tile(concept, (before, 1)), np.tile(-concept, (after, 1))]))


def abrupt_stream(rng, n):
    """Every 250 to 350 rows w turns by 135 to 180 degrees and b is drawn anew."""
    w, pieces, rows = _direction(rng), [], 0
    while rows < n:
        length = int(rng.integers(250, 351))
        pieces.append(np.tile(_concept(rng, w), (length, 1)))
        angle = rng.uniform(0.75, 1.0) * np.pi
        w = np.cos(angle) * w + np.sin(angle) * _across(rng, w)
        rows += length
    return _rows(rng, np.concatenate(pieces)[:n])


def gradual_stream(rng, n):
    """w turns in a plane, a full circle in 700 rows."""
    w = _direction(rng)
    v = _across(rng, w)
    angle = rng.uniform(0, 2 * np.pi) + 2 * np.pi * np.arange(n)[:, None] / 700
    turning = np.cos(angle) * w + np.sin(angle) * v
    return _rows(rng, np.column_stack([turning, np.full(n, rng.uniform(-0.3, 0.3))]))


def predictions(learner, X, y):
    """Each block of 10 rows is predicted, then learned; the predictions as they came."""
    answers = []
    for start in range(0, len(y), BLOCK):
        block, labels = X[start : start + BLOCK], y[start : start + BLOCK]
        answers.append(array(learner.predict(block), shape=(len(block),), dtype="int"))
        learner.update(block, labels)
    return np.concatenate(answers)


class SlidingWindow:
    """Ridge regression on targets -1 and 1, refitted on the last 100 rows after each block."""

    def __init__(self):
        self.rows, self.targets = np.empty((0, FEATURES + 1)), np.empty(0)
        self.weights = np.zeros(FEATURES + 1)

    def predict(self, X):
        return (self.weights[0] + X @ self.weights[1:] > 0).astype(np.int64)

    def update(self, X, y):
        self.rows = np.concatenate([self.rows, np.column_stack([np.ones(len(X)), X])])[-100:]
        self.targets = np.concatenate([self.targets, 2.0 * y - 1])[-100:]
        gram = self.rows.T @ self.rows + np.eye(FEATURES + 1)
        self.weights = np.linalg.solve(gram, self.rows.T @ self.targets)


def gain_share(answers, X, y, first=0):
    """Accuracy over guessing from row `first` on, as a share of the sliding window's."""
    window = predictions(SlidingWindow(), X, y)
    return (np.mean((answers == y)[first:]) - 0.5) / (np.mean((window == y)[first:]) - 0.5)
