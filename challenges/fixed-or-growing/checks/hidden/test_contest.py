"""Where each of the two wins: between the rows and beyond them, and with more of them."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import linear, neighbours, rms, wave

from grader.checks import array, holds


def error(model, X, y, new, truth):
    """Root mean squared error on new rows after fitting."""
    model.fit(X, y)
    return rms(array(model.predict(new), shape=(len(new),)) - truth)


def test_between_the_rows(candidate, rng, metric):
    """The neighbours follow a wave that no straight line can."""
    X, new = rng.uniform(size=(300, 1)), rng.uniform(size=(200, 1))
    y = wave(X) + 0.2 * rng.normal(size=300)
    theirs = error(candidate.NearestNeighbours(5), X, y, new, wave(new))
    metric("interpolation_error", theirs / rms(linear(X, y, new) - wave(new)))


def test_beyond_the_rows(candidate, rng, metric):
    """Least squares knows how a plane goes on where there is no data."""
    weights, level = rng.choice([-1.0, 1.0], 2) * rng.uniform(1, 3, 2), rng.uniform(-5, 5)
    X = rng.uniform(-1, 1, (100, 2))
    new = np.sign(X) * rng.uniform(2, 3, (100, 2))
    y = X @ weights + level + 0.2 * rng.normal(size=100)
    truth = new @ weights + level
    theirs = error(candidate.LeastSquares(), X, y, new, truth)
    metric("extrapolation_error", theirs / rms(neighbours(X, y, 5, new) - truth))


@pytest.mark.points(2)
@pytest.mark.hint("One of the two models has room for more rows. Which one, and where does it keep them?")
def test_more_rows(candidate, rng):
    """With more rows the neighbours get better on a wave, and the straight line does not."""
    X, new = rng.uniform(size=(1500, 1)), rng.uniform(size=(200, 1))
    y, truth = wave(X), wave(new)
    few, many = (error(candidate.NearestNeighbours(3), X[:n], y[:n], new, truth) for n in (40, 1500))
    holds(many < few / 2, f"the neighbours' error is {few:.3f} with 40 rows and {many:.3f} with 1500")
    few, many = (error(candidate.LeastSquares(), X[:n], y[:n], new, truth) for n in (40, 1500))
    holds(many > few / 2, f"the line's error is {few:.3f} with 40 rows and {many:.3f} with 1500")
