"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor

from grader.checks import array, close, holds, raises

X = np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]])
Y = np.array([0.0, 1.0, 4.0, 9.0, 16.0, 25.0])
FOLDS = np.array([7, 2, 7, 2, 7, 2])


def test_out_of_fold_line(candidate):
    """The line of the example: each half of the rows is predicted from the other."""
    expected = np.array([-19.0, 8.0, 17.0, 32.0, 53.0, 56.0]) / 3.0
    close(candidate.out_of_fold(LinearRegression(), X, Y, FOLDS), expected, rtol=1e-6)


def test_one_fold(candidate):
    """A single fold is an error."""
    with raises(candidate, ValueError):
        candidate.out_of_fold(LinearRegression(), X, Y, np.zeros(6, dtype=np.int64))


def test_two_halves(candidate):
    """Half of the signal is a line, half is a wave: the stack is better than a line or neighbours alone."""
    rng = np.random.default_rng(3)
    inputs = rng.uniform(-3.0, 3.0, size=(600, 2))
    truth = 2.0 * inputs[:, 0] + 3.0 * np.sin(3.0 * inputs[:, 1])
    y = truth + 0.3 * rng.normal(size=600)
    X, y, new_X, truth = inputs[:200], y[:200], inputs[200:], truth[200:]
    predicted = array(
        candidate.stack([LinearRegression(), KNeighborsRegressor(5)], X, y).predict(new_X), shape=(400,)
    )
    error = np.sqrt(np.mean((predicted - truth) ** 2))
    for model in (LinearRegression(), KNeighborsRegressor(5)):
        alone = np.sqrt(np.mean((model.fit(X, y).predict(new_X) - truth) ** 2))
        holds(error < alone, f"the error is {error:.2f}, that of {type(model).__name__} {alone:.2f}")
