"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import close, equal, raises

X = np.array([[1.0, 4.0], [2.0, 4.0], [3.0, 0.0], [6.0, 4.0]])
Y = np.array([2.5, 4.5, 4.5, 12.5])
CLOSE = {"rtol": 1e-6, "atol": 1e-8}


def test_ridge(candidate):
    """The ridge regression of the example."""
    close(candidate.ridge(X, Y, 14.0), (np.array([1.0, 6 / 26]), 3 - 18 / 26), **CLOSE)


def test_lasso(candidate):
    """The lasso of the example, with its exact zero."""
    coef, intercept = candidate.lasso(X, Y, 3.5, 10)
    close(coef, np.array([1.0, 0.0]), **CLOSE)
    close(intercept, 3.0, **CLOSE)
    equal(coef[1:], np.zeros(1))


def test_no_sweep(candidate):
    """Before the first sweep the lasso predicts the mean."""
    close(candidate.lasso(X, Y, 3.5, 0), (np.zeros(2), 6.0), **CLOSE)


def test_negative_alpha(candidate):
    """A negative alpha is an error."""
    with raises(candidate, ValueError):
        candidate.ridge(X, Y, -1.0)
