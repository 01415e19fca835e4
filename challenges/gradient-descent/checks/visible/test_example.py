"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import close, raises

X = np.array([[1.0], [3.0]])
Y = np.array([0, 1])


def slope(point):
    """The gradient of a² / 2 + 2 b²."""
    return np.array([point[0], 4 * point[1]])


def test_two_updates(candidate):
    """The path of two updates in the example."""
    path = candidate.descend(slope, np.array([8.0, 1.0]), rate=0.1, steps=2, tolerance=0.0)
    close(path, np.array([[8.0, 1.0], [7.2, 0.6], [6.48, 0.36]]), rtol=1e-9, atol=1e-12)


def test_stops_at_once(candidate):
    """A start whose gradient norm is within the tolerance is the whole path."""
    path = candidate.descend(slope, np.array([0.6, 0.2]), rate=0.5, steps=100, tolerance=1.0 + 1e-12)
    close(path, np.array([[0.6, 0.2]]), rtol=1e-9)


def test_one_update_of_logistic_regression(candidate):
    """One update of the logistic regression in the example."""
    close(candidate.fit_logistic(X, Y, rate=1.0, steps=1), np.array([0.0, 0.5]), rtol=1e-9, atol=1e-12)


def test_rate_must_be_positive(candidate):
    """A rate of zero is an error."""
    with raises(candidate, ValueError):
        candidate.descend(slope, np.array([8.0, 1.0]), rate=0.0, steps=2, tolerance=0.0)
