"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import close, equal, raises

X = np.array([[0.0], [1.0], [2.0], [5.0]])
Y = np.array([1.0, 3.0, 2.0, 11.0])
CLOSE = {"rtol": 1e-7, "atol": 1e-9}


def test_line(candidate):
    """The line of the example."""
    line = candidate.LeastSquares()
    line.fit(X, Y)
    close(line.predict(np.array([[3.5], [10.0]])), np.array([7.25, 20.25]), **CLOSE)
    equal(line.n_parameters(), 2)


def test_neighbours(candidate):
    """The neighbours of the example, with two that are equally near."""
    near = candidate.NearestNeighbours(1)
    near.fit(X, Y)
    close(near.predict(np.array([[0.9], [3.5], [10.0]])), np.array([3.0, 6.5, 11.0]), **CLOSE)
    equal(near.n_parameters(), 8)


def test_not_fitted(candidate):
    """Predicting before fitting is an error."""
    line = candidate.LeastSquares()
    with raises(candidate, RuntimeError):
        line.predict(X)
