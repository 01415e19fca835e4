"""`unscale`, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import KINDS, draw, scaled

from grader.checks import array, close, raises


@pytest.mark.points(2)
@pytest.mark.hint("First multiplied, then added: the steps of scale in reverse.")
@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back(candidate, rng, kind):
    """Scaling and unscaling gives the values back, missing ones and constant columns included."""
    train, other = draw(rng, missing=0.2), draw(rng, rows=12, missing=0.2)
    train[:, 2] = 3.5
    scaler = candidate.fit_scaler(train, kind)
    for X in (train, other):
        Z = array(candidate.scale(scaler, X), shape=X.shape, finite=False)
        close(candidate.unscale(scaler, Z), X, rtol=1e-9, atol=1e-9, nan=True)


@pytest.mark.points(2)
@pytest.mark.hint("unscale has to work on values that scale never made.")
@pytest.mark.parametrize("kind", KINDS)
def test_back_from_anywhere(candidate, rng, kind):
    """Unscaling values that nobody scaled: scaled again, they are the same."""
    train = draw(rng)
    Z = rng.normal(size=(9, 5)) * 4.0
    X = array(candidate.unscale(candidate.fit_scaler(train, kind), Z), shape=(9, 5))
    close(scaled(X, train, kind), Z, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("kind", ["", "Standard", "zscore", "min-max", "l2"])
def test_unknown_kind(candidate, rng, kind):
    """A kind that does not exist is an error."""
    with raises(candidate, ValueError):
        candidate.fit_scaler(draw(rng), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_training_rows_that_say_nothing(candidate, rng, kind):
    """No rows, another number of dimensions, or a column without any value are errors."""
    empty = draw(rng)
    empty[:, 3] = np.nan
    for X in (np.empty((0, 3)), np.arange(4.0), np.ones((2, 2, 2)), empty, np.full((1, 1), np.nan)):
        with raises(candidate, ValueError):
            candidate.fit_scaler(X, kind)


@pytest.mark.points(2)
@pytest.mark.hint("An array with one column broadcasts silently; compare the numbers of columns yourself.")
@pytest.mark.parametrize("name", ["scale", "unscale"])
def test_other_columns(candidate, rng, name):
    """Another number of columns or dimensions is an error, on the way there and on the way back."""
    for kind in KINDS:
        for columns, shapes in {
            5: [(3, 4), (3, 6), (3, 1), (5,), (0, 4), (2, 3, 5)],
            1: [(3, 4), (1,), (4,), (2, 1, 1)],
        }.items():
            scaler = candidate.fit_scaler(draw(rng, columns=columns), kind)
            for shape in shapes:
                with raises(candidate, ValueError):
                    getattr(candidate, name)(scaler, np.ones(shape))
