"""`ridge`: agreement, both limits of alpha, the intercept, scaling, edge cases, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import centred, draw, ridge_by_rows

from grader.checks import array, close, number, raises

CLOSE = {"rtol": 1e-6, "atol": 1e-8}


@pytest.mark.points(3)
@pytest.mark.hint("The loss is a sum over the rows: alpha is neither multiplied nor divided by n.")
@pytest.mark.parametrize(("rows", "columns"), [(40, 5), (9, 8), (25, 1)])
def test_minimum(candidate, rng, rows, columns):
    """Coefficients and intercept at the minimum, for several strengths."""
    X, y = draw(rng, rows, columns)
    for alpha in (0.1, 1.0, 7.5, 60.0):
        close(candidate.ridge(X, y, alpha), ridge_by_rows(X, y, alpha), **CLOSE)


@pytest.mark.points(2)
def test_more_columns_than_rows(candidate, rng):
    """More columns than rows are no obstacle, nor are exact copies of a column."""
    X, y = draw(rng, 8, 20)
    for alpha in (0.01, 3.0):
        close(candidate.ridge(X, y, alpha), ridge_by_rows(X, y, alpha), **CLOSE)
    coef, _ = candidate.ridge(X[:, [0, 1, 0]], y, 2.0)
    close(coef, ridge_by_rows(X[:, [0, 1, 0]], y, 2.0)[0], **CLOSE)


def test_no_penalty(candidate, rng):
    """With alpha 0, least squares."""
    X, y = draw(rng, 30, 4)
    answer = np.linalg.lstsq(np.column_stack([X, np.ones(30)]), y, rcond=None)[0]
    close(candidate.ridge(X, y, 0.0), (answer[:4], float(answer[4])), **CLOSE)


def test_faint_penalty(candidate, rng):
    """As alpha goes to 0, of all exact fits the one with the smallest coefficients."""
    X, y = draw(rng, 6, 10)
    coef, intercept = candidate.ridge(X, y, 1e-5)
    expected = np.linalg.pinv(centred(X)) @ (y - y.mean())
    close(coef, expected, rtol=1e-3, atol=1e-3)
    close(intercept, float(np.mean(y - X @ expected)), rtol=1e-3, atol=1e-2)


@pytest.mark.points(2)
@pytest.mark.hint("When the coefficients vanish, what is the best constant prediction?")
def test_huge_penalty(candidate, rng):
    """As alpha grows, coefficients go to 0 like 1 / alpha and the prediction to the mean."""
    X, y = draw(rng, 30, 4)
    coef, intercept = candidate.ridge(X, y, 1e9)
    close(array(coef, shape=(4,)) * 1e9, centred(X).T @ (y - y.mean()), rtol=1e-5)
    close(intercept, float(y.mean()), rtol=1e-5)


@pytest.mark.points(2)
@pytest.mark.hint("Does the penalty see the intercept? Try y + 1000.")
def test_shifts(candidate, rng):
    """Adding constants to y or to columns changes the intercept only."""
    X, y = draw(rng, 25, 3)
    coef, intercept = ridge_by_rows(X, y, 4.0)
    offsets = rng.uniform(-20, 20, 3)
    close(candidate.ridge(X, y + 100.0, 4.0), (coef, intercept + 100.0), **CLOSE)
    close(candidate.ridge(X + offsets, y, 4.0), (coef, intercept - float(offsets @ coef)), **CLOSE)


def test_copies_of_rows(candidate, rng):
    """Every row three times, with three times the alpha, is the same problem."""
    X, y = draw(rng, 12, 3)
    order = rng.permutation(36) % 12
    close(candidate.ridge(X[order], y[order], 6.0), ridge_by_rows(X, y, 2.0), **CLOSE)


def test_twin_columns(candidate, rng):
    """Two equal columns share their weight equally."""
    X, y = draw(rng, 20, 2)
    coef, _ = candidate.ridge(X[:, [0, 1, 0]], y, 1.5)
    first, _, last = array(coef, shape=(3,))
    close(number(first), float(last), **CLOSE)


def test_constant_columns(candidate, rng):
    """A constant column gets 0, and a single row is predicted by itself."""
    X, y = draw(rng, 15, 3)
    X[:, 1] = 2.0
    close(candidate.ridge(X, y, 0.5), ridge_by_rows(X, y, 0.5), **CLOSE)
    close(candidate.ridge(X[:1], y[:1], 0.5), (np.zeros(3), float(y[0])), **CLOSE)


def test_negative_alpha(candidate, rng):
    """A negative alpha is an error."""
    X, y = draw(rng, 10, 2)
    for alpha in (-1e-3, -2.0):
        with raises(candidate, ValueError):
            candidate.ridge(X, y, alpha)
