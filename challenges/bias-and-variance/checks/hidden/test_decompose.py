"""`decompose`: agreement with exact arithmetic, identities, edges, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import parts

from grader.checks import array, close, raises

TIGHT = {"rtol": 1e-9, "atol": 1e-12}


def three(answer, points):
    """The three arrays, once their kind and shape are known."""
    bias2, variance, error = answer
    return tuple(array(part, shape=(points,)) for part in (bias2, variance, error))


@pytest.mark.points(2)
@pytest.mark.hint("Rows are rounds: every mean is over axis 0.")
def test_random_predictions(candidate, rng):
    """All three parts, for a few shapes."""
    for rounds, points in ((2, 1), (3, 8), (25, 4)):
        predictions = rng.normal(size=(rounds, points)) * rng.uniform(0.5, 3, points)
        truth = rng.normal(size=points)
        close(candidate.decompose(predictions, truth), parts(predictions, truth), **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("With as many rounds as points no shape gives an axis away. Which one is averaged?")
def test_as_many_rounds_as_points(candidate, rng):
    """A square array of predictions."""
    predictions, truth = rng.normal(size=(6, 6)) + 5 * rng.normal(size=6), rng.normal(size=6)
    close(candidate.decompose(predictions, truth), parts(predictions, truth), **TIGHT)


@pytest.mark.hint("The cross term averages to zero only if both means are over the same rounds.")
def test_bias_and_variance_make_the_error(candidate, rng):
    """Squared bias and variance add up to the expected squared error, at each point."""
    predictions, truth = rng.normal(size=(9, 20)), rng.normal(size=20)
    bias2, variance, error = three(candidate.decompose(predictions, truth), 20)
    close(bias2 + variance, error, rtol=1e-10)
    close(error, np.array([np.mean((predictions[:, j] - truth[j]) ** 2) for j in range(20)]), **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("The rounds are all there are: divide by their number, not by one less.")
def test_every_round_twice(candidate, rng):
    """Counting every round twice changes nothing."""
    predictions, truth = rng.normal(size=(4, 7)), rng.normal(size=7)
    expected = parts(predictions, truth)
    close(candidate.decompose(predictions, truth), expected, **TIGHT)
    close(candidate.decompose(np.repeat(predictions, 2, axis=0), truth), expected, **TIGHT)


def test_one_round(candidate, rng):
    """A single round has no variance: the error is all bias."""
    predictions, truth = rng.normal(size=(1, 5)), rng.normal(size=5)
    error = (predictions[0] - truth) ** 2
    close(candidate.decompose(predictions, truth), (error, np.zeros(5), error), **TIGHT)


def test_stubborn_learner(candidate, rng):
    """A learner that always predicts the same has no variance."""
    line, truth = rng.normal(size=8), rng.normal(size=8)
    error = (line - truth) ** 2
    close(candidate.decompose(np.tile(line, (6, 1)), truth), (error, np.zeros(8), error), **TIGHT)


@pytest.mark.hint("Average the predictions first and square then; the bias of a point has a sign before.")
def test_errors_that_cancel(candidate, rng):
    """A learner that errs to both sides alike has no bias."""
    truth, misses = rng.normal(size=6), rng.uniform(0.5, 2, (3, 6))
    predictions = rng.permutation(np.concatenate([truth + misses, truth - misses]))
    error = np.mean(misses**2, axis=0)
    close(candidate.decompose(predictions, truth), (np.zeros(6), error, error), **TIGHT)


@pytest.mark.hint("Is there a mean over the points somewhere? Each point has a bias of its own.")
def test_points_are_kept_apart(candidate, rng):
    """A point's three values do not depend on the other points."""
    predictions, truth = rng.normal(size=(7, 9)) * 4, rng.normal(size=9)
    some = rng.permutation(9)[:4]
    expected = tuple(part[some] for part in parts(predictions, truth))
    close(candidate.decompose(predictions[:, some], truth[some]), expected, **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("The mean of squares less the squared mean loses its digits. Subtract before you square.")
def test_large_values(candidate, rng):
    """Values that are large beside their spread."""
    predictions = 1e5 + rng.normal(size=(12, 5))
    truth = 1e5 + rng.choice([-3.0, 3.0], 5)
    close(candidate.decompose(predictions, truth), parts(predictions, truth), **TIGHT)


def test_no_round(candidate, rng):
    """Without a round there is nothing to average: an error."""
    with raises(candidate, ValueError):
        candidate.decompose(np.empty((0, 4)), rng.normal(size=4))


@pytest.mark.hint("numpy broadcasts a truth of length 1, or one that is a table. Compare shapes yourself.")
@pytest.mark.parametrize("shape", [(1,), (3,), (5,), (1, 4), (3, 4), (4, 1)])
def test_truth_of_another_shape(candidate, rng, shape):
    """A truth that does not have one value per point is an error."""
    with raises(candidate, ValueError):
        candidate.decompose(rng.normal(size=(3, 4)), rng.normal(size=shape))
