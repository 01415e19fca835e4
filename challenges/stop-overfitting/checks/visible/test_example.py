"""The examples of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import array, equal, holds, raises

LOSSES = [0.9, 0.7, 0.75, 0.65, 0.66, 0.66, 0.5]


@pytest.mark.parametrize(
    ("patience", "min_delta", "expected"), [(2, 0.0, (3, 5)), (3, 0.0, (6, 6)), (2, 0.1, (1, 3))]
)
def test_three_runs(candidate, patience, min_delta, expected):
    """The three runs of the example."""
    equal(candidate.best_epoch(LOSSES, patience, min_delta), expected)


def test_no_patience(candidate):
    """A patience of 0 is an error."""
    with raises(candidate, ValueError):
        candidate.best_epoch(LOSSES, 0, 0.0)


def test_wrong_labels(candidate):
    """One threshold, and every tenth label is wrong: most predictions follow the threshold."""
    X = np.arange(100.0).reshape(-1, 1)
    rule = (X[:, 0] >= 50).astype(np.int64)
    y = rule.copy()
    y[::10] = 1 - y[::10]
    model = candidate.train(X, y)
    equal(model.predict(np.array([[20.0], [80.0]])), np.array([0, 1]))
    right = np.mean(array(model.predict(X), shape=(100,), dtype="int") == rule)
    holds(bool(right >= 0.93), f"{right:.0%} of the predictions follow the threshold")
