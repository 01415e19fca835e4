"""`lasso`: single sweeps, planted minima, exact zeros, both limits of alpha, scaling, edge cases, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import centred, draw, lasso_by_trial, planted_lasso

from grader.checks import array, close, equal, holds, raises

CLOSE = {"rtol": 1e-6, "atol": 1e-8}


@pytest.mark.points(3)
@pytest.mark.hint(
    "Each update starts from the newest values of the others, and leaves out only its own column."
)
@pytest.mark.parametrize("sweeps", [0, 1, 2, 7])
def test_first_sweeps(candidate, rng, sweeps):
    """Coefficients and intercept after the first sweeps."""
    X, y = draw(rng, 30, 5)
    for alpha in (0.05, 0.4, 1.5):
        close(candidate.lasso(X, y, alpha, sweeps), lasso_by_trial(X, y, alpha, sweeps), **CLOSE)


@pytest.mark.points(3)
@pytest.mark.hint("The loss is half the mean over the rows. What does that make of the threshold?")
@pytest.mark.parametrize("nonzero", [1, 3, 6])
def test_minimum(candidate, rng, nonzero):
    """Coefficients and intercept at the minimum after many sweeps."""
    X, y, alpha, coef, intercept = planted_lasso(rng, 40, 8, nonzero)
    close(candidate.lasso(X, y, alpha, 100), (coef, intercept), **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hint("A coefficient below the threshold is set to 0, not merely moved towards it.")
def test_exact_zeros(candidate, rng):
    """Coefficients that are 0 at the minimum are exactly 0, and only those."""
    X, y, alpha, expected, _ = planted_lasso(rng, 40, 8, 3)
    coef, _ = candidate.lasso(X, y, alpha, 100)
    equal(array(coef, shape=(8,)) == 0, expected == 0)


@pytest.mark.points(2)
def test_more_columns_than_rows(candidate, rng):
    """More columns than rows: the few that count are found."""
    X, y, alpha, expected, intercept = planted_lasso(rng, 15, 25, 3)
    coef, answer = candidate.lasso(X, y, alpha, 200)
    close(coef, expected, **CLOSE)
    close(answer, intercept, **CLOSE)
    equal(array(coef, shape=(25,)) == 0, expected == 0)


@pytest.mark.points(2)
def test_slopes_at_the_minimum(candidate, rng):
    """At the minimum the loss pulls with alpha on what is not 0, and with less on what is."""
    X, y = draw(rng, 60, 6)
    for alpha in (0.1, 0.6):
        coef, intercept = candidate.lasso(X, y, alpha, 100)
        w = array(coef, shape=(6,))
        residual = y - X @ w - intercept
        slopes = centred(X).T @ residual / 60
        close(float(residual.mean()), 0.0, atol=1e-8)
        close(slopes[w != 0], alpha * np.sign(w[w != 0]), rtol=1e-6)
        holds(np.max(np.abs(slopes)) <= alpha * (1 + 1e-6), "a coefficient at 0 is pulled away from it")


def test_no_penalty(candidate, rng):
    """With alpha 0, least squares after many sweeps."""
    X, y = draw(rng, 40, 3)
    answer = np.linalg.lstsq(np.column_stack([X, np.ones(40)]), y, rcond=None)[0]
    close(candidate.lasso(X, y, 0.0, 100), (answer[:3], float(answer[3])), **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hint("Which column would the very first update not leave at 0?")
def test_where_the_last_coefficient_vanishes(candidate, rng):
    """Just above a certain alpha all coefficients are 0; just below it a single one is not."""
    X, y = draw(rng, 30, 5)
    pulls = np.abs(centred(X).T @ y) / 30
    last = float(pulls.max())
    for alpha in ((1 + 1e-6) * last, 1e6):
        coef, intercept = candidate.lasso(X, y, alpha, 20)
        equal(coef, np.zeros(5))
        close(intercept, float(y.mean()), **CLOSE)
    coef, _ = candidate.lasso(X, y, (1 - 1e-6) * last, 20)
    equal(array(coef, shape=(5,)) != 0, pulls == last)


@pytest.mark.points(2)
@pytest.mark.hint("Does the penalty see the intercept? Try y + 1000.")
def test_shifts(candidate, rng):
    """Adding constants to y or to columns changes the intercept only."""
    X, y, alpha, coef, intercept = planted_lasso(rng, 30, 4, 2)
    offsets = rng.uniform(-20, 20, 4)
    close(candidate.lasso(X, y + 100.0, alpha, 100), (coef, intercept + 100.0), **CLOSE)
    close(candidate.lasso(X + offsets, y, alpha, 100), (coef, intercept - float(offsets @ coef)), **CLOSE)


@pytest.mark.hint("The loss is a mean: repeating all rows does not change it.")
def test_copies_of_rows(candidate, rng):
    """Every row three times, with the same alpha, is the same problem."""
    X, y = draw(rng, 12, 3)
    order = rng.permutation(36) % 12
    close(candidate.lasso(X[order], y[order], 0.3, 4), lasso_by_trial(X, y, 0.3, 4), **CLOSE)


def test_units(candidate, rng):
    """y and alpha in other units give all numbers in those units, and y negated their negatives."""
    X, y, alpha, coef, intercept = planted_lasso(rng, 30, 5, 3)
    close(candidate.lasso(X, 50 * y, 50 * alpha, 100), (50 * coef, 50 * intercept), **CLOSE)
    close(candidate.lasso(X, -y, alpha, 100), (-coef, -intercept), **CLOSE)


def test_twin_columns(candidate, rng):
    """Of two equal columns, the one that is updated first takes all."""
    X, y, alpha, coef, intercept = planted_lasso(rng, 20, 1, 1)
    close(candidate.lasso(X[:, [0, 0]], y, alpha, 5), (np.append(coef, 0.0), intercept), **CLOSE)


@pytest.mark.hint("The squared length of a centred constant column is 0: do not divide by it.")
def test_constant_columns(candidate, rng):
    """A constant column gets 0, and a single row is predicted by itself."""
    X, y = draw(rng, 16, 3)
    coef, intercept = lasso_by_trial(X[:, [0, 2]], y, 0.3, 3)
    X[:, 1] = 2.0
    close(candidate.lasso(X, y, 0.3, 3), (np.array([coef[0], 0.0, coef[1]]), intercept), **CLOSE)
    close(candidate.lasso(X[:1], y[:1], 0.5, 3), (np.zeros(3), float(y[0])), **CLOSE)


def test_negative_alpha(candidate, rng):
    """A negative alpha is an error."""
    X, y = draw(rng, 10, 2)
    for alpha in (-1e-3, -2.0):
        with raises(candidate, ValueError):
            candidate.lasso(X, y, alpha, 10)
