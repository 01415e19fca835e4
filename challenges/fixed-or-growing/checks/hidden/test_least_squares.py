"""`LeastSquares`: predictions, the intercept, repeated columns, number of parameters, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw, linear

from grader.checks import array, close, equal, holds, raises

CLOSE = {"rtol": 1e-7, "atol": 1e-9}


def fitted(candidate, X, y):
    model = candidate.LeastSquares()
    model.fit(X, y)
    return model


@pytest.mark.points(3)
@pytest.mark.hint("Is there an intercept?")
@pytest.mark.parametrize(("rows", "columns"), [(30, 1), (60, 4), (9, 5), (2, 1)])
def test_predictions(candidate, rng, rows, columns):
    """The predictions of least squares, inside and outside the data."""
    X, y = draw(rng, rows, columns)
    new = np.vstack([X[:2], rng.normal(size=(20, columns)) * 10])
    close(fitted(candidate, X, y).predict(new), linear(X, y, new), **CLOSE)


def test_goes_on_straight(candidate, rng):
    """A plane without noise is met everywhere, however far away."""
    weights, level = rng.normal(size=3), float(rng.uniform(5, 9))
    X, new = rng.normal(size=(25, 3)), rng.normal(size=(10, 3)) * 1000
    close(fitted(candidate, X, X @ weights + level).predict(new), new @ weights + level, rtol=1e-7, atol=1e-7)


@pytest.mark.points(2)
@pytest.mark.hint("If y is the same everywhere, what must be predicted at zero?")
def test_level(candidate, rng):
    """Adding a constant to y adds it to all predictions; a constant y is predicted everywhere."""
    X, y = draw(rng, 20, 2)
    new = rng.normal(size=(8, 2)) * 5
    close(fitted(candidate, X, y + 50.0).predict(new), linear(X, y, new) + 50.0, **CLOSE)
    close(fitted(candidate, X, np.full(20, 7.5)).predict(new), np.full(8, 7.5), **CLOSE)
    close(fitted(candidate, X[:1], y[:1]).predict(X[:1]), y[:1], **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hint("The matrix of the normal equations cannot be inverted here; np.linalg.lstsq does without.")
def test_repeated_columns(candidate, rng):
    """Columns that repeat each other, and constant ones, do no harm."""
    X, y = draw(rng, 30, 2)
    new = rng.normal(size=(12, 2)) * 4
    expected = linear(X, y, new)

    def widened(rows):
        return np.column_stack([rows, rows[:, 0], np.full(len(rows), 3.0)])

    close(fitted(candidate, widened(X), y).predict(widened(new)), expected, **CLOSE)


def test_fewer_rows_than_columns(candidate, rng):
    """With fewer rows than columns the training rows are met exactly."""
    X, y = draw(rng, 5, 9)
    model = fitted(candidate, X, y)
    close(model.predict(X), y, **CLOSE)
    equal(model.n_parameters(), 10)


@pytest.mark.points(2)
def test_number_of_parameters(candidate, rng):
    """The number of parameters depends on the columns, not on the rows."""
    for columns in (1, 3, 8):
        for rows in (1, 4, 200):
            model = fitted(candidate, rng.normal(size=(rows, columns)), rng.normal(size=rows))
            equal(model.n_parameters(), columns + 1)


@pytest.mark.points(2)
def test_second_fit(candidate, rng):
    """A second fit replaces the first, and models do not share anything."""
    X, y = draw(rng, 20, 3)
    other, targets = draw(rng, 25, 2)
    model, bystander = candidate.LeastSquares(), fitted(candidate, X, y)
    model.fit(X[:, :2], y)
    model.fit(other, targets)
    close(model.predict(other), linear(other, targets, other), **CLOSE)
    equal(model.n_parameters(), 3)
    close(bystander.predict(X), linear(X, y, X), **CLOSE)


def test_residuals(candidate, rng):
    """The errors on the training rows have mean 0 and nothing in common with any column."""
    X, y = draw(rng, 40, 3)
    errors = array(fitted(candidate, X, y).predict(X), shape=(40,)) - y
    close(float(errors.mean()), 0.0, atol=1e-8)
    close(errors @ X / 40, np.zeros(3), atol=1e-7)
    holds(np.mean(errors**2) > 0.1, "the noise is fitted as well")


def test_not_fitted(candidate, rng):
    """Before fit, predictions and the number of parameters are errors."""
    model = candidate.LeastSquares()
    with raises(candidate, RuntimeError):
        model.predict(rng.normal(size=(4, 2)))
    with raises(candidate, RuntimeError):
        model.n_parameters()


def test_shapes_that_do_not_fit(candidate, rng):
    """Other numbers of rows in fit, or of columns in predict, are errors."""
    X, y = draw(rng, 10, 3)
    model = fitted(candidate, X, y)
    for columns in (1, 2, 4):
        with raises(candidate, ValueError):
            model.predict(rng.normal(size=(6, columns)))
    for targets in (y[:1], y[:9], np.append(y, 1.0)):
        with raises(candidate, ValueError):
            model.fit(X, targets)
