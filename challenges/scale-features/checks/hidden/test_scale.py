"""The three kinds on training rows and on others; missing values; columns without spread."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import KINDS, draw, scaled

from grader.checks import array, close, holds

TIGHT = 1e-9
LARGE = 1e-6  # for columns whose mean dwarfs their spread


def same(answer, expected, tolerance=TIGHT):
    close(answer, expected, rtol=tolerance, atol=tolerance, nan=True)


@pytest.mark.points(2)
@pytest.mark.hint("Centre and spread are per column. Which standard deviation, and which quartiles?")
@pytest.mark.parametrize("kind", KINDS)
def test_training_rows(candidate, rng, kind):
    """The training rows themselves, for odd and even numbers of rows."""
    for rows in (2, 3, 5, 40, 41, 42, 43):
        X = draw(rng, rows)
        same(candidate.scale(candidate.fit_scaler(X, kind), X), scaled(X, X, kind))


@pytest.mark.points(3)
@pytest.mark.hint("New rows have no say in their own scale.")
@pytest.mark.parametrize("kind", KINDS)
def test_other_rows(candidate, rng, kind):
    """Other rows are scaled by what the training rows said, and not clipped."""
    train = draw(rng)
    scaler = candidate.fit_scaler(train, kind)
    other = 3.0 * draw(rng, rows=25) + 2.0
    same(candidate.scale(scaler, other), scaled(other, train, kind))
    same(candidate.scale(scaler, other[7:8]), scaled(other[7:8], train, kind))


@pytest.mark.points(2)
@pytest.mark.hint("Leave missing values out of the statistics, and where they are in the result.")
@pytest.mark.parametrize("kind", KINDS)
def test_missing_values(candidate, rng, kind):
    """Missing values are left out in fitting and stay missing in the result."""
    train, other = draw(rng, missing=0.3), draw(rng, rows=15, missing=0.5)
    scaler = candidate.fit_scaler(train, kind)
    same(candidate.scale(scaler, train), scaled(train, train, kind))
    same(candidate.scale(scaler, other), scaled(other, train, kind))
    complete = draw(rng, rows=15)
    same(candidate.scale(candidate.fit_scaler(complete, kind), other), scaled(other, complete, kind))


@pytest.mark.points(2)
@pytest.mark.hint("What is left of a constant column less its constant, and what is it divided by?")
@pytest.mark.parametrize("kind", KINDS)
def test_constant_column(candidate, rng, kind):
    """A constant column becomes zeros, and new values keep their distance from it."""
    train = draw(rng, missing=0.1)
    train[:, 1] = 6.0
    train[3:, 3] = np.nan
    train[:3, 3] = -2.5
    scaler = candidate.fit_scaler(train, kind)
    same(candidate.scale(scaler, train), scaled(train, train, kind))
    other = draw(rng, rows=6)
    same(candidate.scale(scaler, other), scaled(other, train, kind))


@pytest.mark.points(2)
@pytest.mark.hint(
    "Ten times 0.1, divided by ten, need not be 0.1. Is a standard deviation of 1e-17 a spread?"
)
@pytest.mark.parametrize("kind", KINDS)
def test_constant_but_for_rounding(candidate, rng, kind):
    """Equal values are constant, whatever rounding makes of their mean."""
    for rows in range(3, 24):
        constants = np.array([0.1, 1e9 + 0.1, float(rng.normal())])
        X = np.tile(constants, (rows, 1))
        scaler = candidate.fit_scaler(X, kind)
        close(candidate.scale(scaler, X), np.zeros((rows, 3)), atol=LARGE)
        close(candidate.scale(scaler, X[:1] + 2.0), np.full((1, 3), 2.0), atol=LARGE)


@pytest.mark.hint("Half of the values can be equal without the column being constant.")
def test_no_spread_between_the_quartiles(candidate, rng):
    """Quartiles that coincide count as a spread of 1, although the values differ."""
    train = draw(rng, rows=40)
    train[5:, 2] = 4.0
    other = draw(rng, rows=6)
    scaler = candidate.fit_scaler(train, "robust")
    same(candidate.scale(scaler, train), scaled(train, train, "robust"))
    same(candidate.scale(scaler, other), scaled(other, train, "robust"))


@pytest.mark.points(2)
@pytest.mark.hint("The mean of the squares less the square of the mean loses every digit here.")
@pytest.mark.parametrize("kind", KINDS)
def test_time_stamps(candidate, rng, kind):
    """Columns whose mean is far larger than their spread."""
    X = 1.7e9 + rng.normal(size=(60, 2)) * np.array([3.0, 4000.0])
    same(candidate.scale(candidate.fit_scaler(X, kind), X), scaled(X, X, kind), LARGE)


@pytest.mark.parametrize("kind", KINDS)
def test_tiny_and_huge_units(candidate, rng, kind):
    """Columns in very small and very large units; small is not constant."""
    X = rng.normal(size=(30, 3)) * np.array([1e-12, 1.0, 1e12])
    same(candidate.scale(candidate.fit_scaler(X, kind), X), scaled(X, X, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_units_do_not_matter(candidate, rng, kind):
    """In other units, and from another zero, the scaled values are the same."""
    X = draw(rng, missing=0.1)
    factors, shifts = rng.uniform(0.5, 2.0, 5), rng.normal(size=5)
    first = array(candidate.scale(candidate.fit_scaler(X, kind), X), shape=X.shape, finite=False)
    Y = X * factors + shifts
    close(candidate.scale(candidate.fit_scaler(Y, kind), Y), first, rtol=1e-6, atol=1e-6, nan=True)


@pytest.mark.parametrize("kind", KINDS)
def test_integers(candidate, rng, kind):
    """Integers are scaled like floats, and the result is float64."""
    X = rng.integers(-50, 50, (17, 3))
    scaler = candidate.fit_scaler(X, kind)
    same(candidate.scale(scaler, X), scaled(X.astype(float), X.astype(float), kind))
    Z = rng.integers(-3, 3, (4, 3))
    answer = array(candidate.unscale(scaler, Z), shape=(4, 3))
    holds(answer.dtype == np.float64, "the result is float64")
    same(candidate.scale(scaler, answer), Z.astype(float), 1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_single_row_or_column(candidate, rng, kind):
    """One training row makes every column constant; one column is a column."""
    row = draw(rng, rows=1)
    close(candidate.scale(candidate.fit_scaler(row, kind), row + 3.0), np.full((1, 5), 3.0), rtol=1e-9)
    column = draw(rng, columns=1)
    same(candidate.scale(candidate.fit_scaler(column, kind), column), scaled(column, column, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_no_rows(candidate, rng, kind):
    """Without rows the result has none either."""
    scaler = candidate.fit_scaler(draw(rng), kind)
    array(candidate.scale(scaler, np.empty((0, 5))), shape=(0, 5))
    array(candidate.unscale(scaler, np.empty((0, 5))), shape=(0, 5))


@pytest.mark.points(2)
@pytest.mark.hint("What was learned belongs into the scaler that you return, not into a global.")
def test_scalers_are_independent(candidate, rng):
    """Fitting another scaler does not change the first."""
    X, Y = draw(rng), draw(rng, columns=3)
    first = candidate.fit_scaler(X, "standard")
    second = candidate.fit_scaler(Y, "minmax")
    same(candidate.scale(first, X), scaled(X, X, "standard"))
    same(candidate.scale(second, Y), scaled(Y, Y, "minmax"))
