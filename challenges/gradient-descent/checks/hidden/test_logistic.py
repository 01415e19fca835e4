"""`fit_logistic`: first updates, the optimum, the intercept, large features, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_rows, log_loss_gradient, logistic_optimum, plain_path

from grader.checks import array, close, holds, raises

TIGHT = {"rtol": 1e-9, "atol": 1e-12}


@pytest.mark.points(2)
@pytest.mark.hint("The loss is a mean over the rows, and the intercept is entry 0 and not penalised.")
@pytest.mark.parametrize("steps", [1, 6])
def test_first_updates(candidate, rng, steps):
    """The point after the first updates from zeros."""
    X, y = draw_rows(rng, 40, 3)
    rate, penalty = float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.2, 0.6))
    answer = candidate.fit_logistic(X, y, rate=rate, steps=steps, tolerance=0.0, penalty=penalty)
    path = plain_path(lambda v: log_loss_gradient(v, X, y, penalty), np.zeros(4), rate, steps)
    close(answer, path[-1], **TIGHT)


@pytest.mark.points(2)
def test_reaches_the_optimum(candidate, rng):
    """Ends within 1e-5 of the optimum that Newton's method finds."""
    X, y = draw_rows(rng, 60, 3)
    answer = candidate.fit_logistic(X, y, rate=1.0, steps=2000, tolerance=1e-8, penalty=0.1)
    close(answer, logistic_optimum(X, y, 0.1), rtol=0.0, atol=1e-5)


def test_stops_within_the_tolerance(candidate, rng):
    """The gradient at the answer is within the tolerance, and just about."""
    X, y = draw_rows(rng, 50, 2)
    for tolerance in (2e-2, 2e-3):
        answer = candidate.fit_logistic(X, y, rate=0.5, steps=2000, tolerance=tolerance, penalty=0.05)
        slope = log_loss_gradient(array(answer, shape=(3,)), X, y, 0.05)
        norm = float(np.linalg.norm(slope))
        holds(
            0.6 * tolerance < norm <= tolerance, f"gradient norm {norm:.4g} at a tolerance of {tolerance:g}"
        )


@pytest.mark.points(2)
@pytest.mark.hint("Under a huge penalty the weights vanish; what should the intercept then say?")
def test_intercept_is_not_penalised(candidate, rng):
    """Under a strong penalty the intercept still says how common class 1 is."""
    X, _ = draw_rows(rng, 60, 2)
    y = (np.arange(60) < rng.integers(6, 18)).astype(np.int64)
    answer = candidate.fit_logistic(X, y, rate=0.15, steps=1500, tolerance=1e-6, penalty=5.0)
    close(answer, logistic_optimum(X, y, 5.0), rtol=0.0, atol=1e-4)


def test_swapping_the_classes_flips_the_signs(candidate, rng):
    """With 0 and 1 swapped, every number changes its sign."""
    X, y = draw_rows(rng, 40, 3)
    answers = [
        array(candidate.fit_logistic(X, labels, rate=0.5, steps=50, tolerance=0.0), shape=(4,))
        for labels in (y, 1 - y)
    ]
    path = plain_path(lambda v: log_loss_gradient(v, X, y, 0.0), np.zeros(4), 0.5, 50)
    close(answers[0], path[-1], **TIGHT)
    close(answers[1], -path[-1], **TIGHT)


@pytest.mark.hint("A mean does not change when every row is there twice; a sum does.")
def test_repeated_rows_change_nothing(candidate, rng):
    """Every row twice, in another order, gives the same answer."""
    X, y = draw_rows(rng, 30, 2)
    order = rng.permutation(60) % 30
    path = plain_path(lambda v: log_loss_gradient(v, X, y, 0.3), np.zeros(3), 0.4, 25)
    answer = candidate.fit_logistic(X[order], y[order], rate=0.4, steps=25, tolerance=0.0, penalty=0.3)
    close(answer, path[-1], **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("exp(1000) is infinite, and infinity divided by infinity is NaN.")
def test_large_features(candidate, rng):
    """Features in the thousands give the right, finite answer."""
    X, y = draw_rows(rng, 30, 2, scale=3000.0)
    path = plain_path(lambda v: log_loss_gradient(v, X, y, 0.0), np.zeros(3), 0.5, 4)
    answer = candidate.fit_logistic(X, y, rate=0.5, steps=4, tolerance=0.0)
    close(answer, path[-1], rtol=1e-7, atol=1e-7)


def test_defaults(candidate, rng):
    """Without further arguments the defaults of the brief hold."""
    X, y = draw_rows(rng, 25, 1)
    path = plain_path(lambda v: log_loss_gradient(v, X, y, 0.0), np.zeros(2), 0.5, 2000)
    norms = [np.linalg.norm(log_loss_gradient(v, X, y, 0.0)) for v in path]
    last = next((i for i, norm in enumerate(norms) if norm <= 1e-6), 2000)
    close(candidate.fit_logistic(X, y), path[last], rtol=1e-6, atol=1e-9)
    close(candidate.fit_logistic(X, y, steps=3), path[3], **TIGHT)


def test_default_number_of_updates(candidate, rng):
    """Without `steps`, a descent that is still under way ends after 2000 updates."""
    X, y = draw_rows(rng, 25, 1, scale=0.01)
    path = plain_path(lambda v: log_loss_gradient(v, X, y, 0.0), np.zeros(2), 0.5, 2000)
    close(candidate.fit_logistic(X, y), path[-1], **TIGHT)


@pytest.mark.parametrize("labels", [[0, 1, 2], [-1, 1, 1], [1, 2, 1]])
def test_other_labels(candidate, rng, labels):
    """Labels other than 0 and 1 are an error."""
    with raises(candidate, ValueError):
        candidate.fit_logistic(rng.normal(size=(3, 2)), np.array(labels))


@pytest.mark.hint("numpy broadcasts a single label over all rows; compare the lengths.")
def test_unequal_rows(candidate, rng):
    """Another number of labels than rows is an error."""
    for labels in (np.array([0, 1]), np.array([1]), np.array([0, 1, 0, 1])):
        with raises(candidate, ValueError):
            candidate.fit_logistic(rng.normal(size=(3, 2)), labels)
