"""What each metric refuses."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw, expected

from grader.checks import close, raises

ALL = ("mae", "rmse", "r2", "adjusted_r2")


def call(candidate, metric, true, pred, weights=None):
    features = (1,) if metric == "adjusted_r2" else ()
    return getattr(candidate, metric)(true, pred, *features, weights)


@pytest.mark.points(2)
@pytest.mark.hint("numpy broadcasts (n,) against (n, 1) to an n by n table. Compare the shapes.")
@pytest.mark.parametrize("metric", ALL)
def test_shapes(candidate, rng, metric):
    """Different shapes, no rows and three dimensions are errors."""
    shapes = [((5,), (4,)), ((5,), (5, 1)), ((5, 1), (5,)), ((5, 2), (5, 1)), ((5,), (1,)), ((1, 5), (5, 5))]
    for left, right in [*shapes, ((0,), (0,)), ((0, 2), (0, 2)), ((5, 2, 2), (5, 2, 2))]:
        with raises(candidate, ValueError):
            call(candidate, metric, rng.normal(size=left), rng.normal(size=right))


@pytest.mark.points(2)
@pytest.mark.hint("One weight per row, none below 0, not all 0.")
@pytest.mark.parametrize("metric", ALL)
def test_wrong_weights(candidate, rng, metric):
    """Weights of another shape, negative ones, and nothing but zeros are errors."""
    for outputs in (None, 3):
        true, pred = draw(rng, rows=6, outputs=outputs)
        negative = np.ones(6)
        negative[2] = -0.5
        shapes = [(5,), (7,), (6, 1), (1,), (6, 3)]
        for weights in (*map(np.ones, shapes), negative, np.zeros(6)):
            with raises(candidate, ValueError):
                call(candidate, metric, true, pred, weights)


@pytest.mark.points(2)
@pytest.mark.hint("How many degrees of freedom are left, and how many must be?")
def test_too_many_features(candidate, rng):
    """A negative number of features, and as many as leave no degree of freedom, are errors."""
    true, pred = draw(rng, rows=8)
    for features in (-1, 7, 8, 20):
        with raises(candidate, ValueError):
            candidate.adjusted_r2(true, pred, features)


def test_one_weight_is_enough(candidate, rng):
    """A single row that counts is enough for the errors."""
    true, pred = draw(rng, rows=4)
    weights = np.array([0.0, 0.0, 2.0, 0.0])
    for metric in ("mae", "rmse"):
        close(call(candidate, metric, true, pred, weights), expected(metric, true, pred, weights), rtol=1e-9)
