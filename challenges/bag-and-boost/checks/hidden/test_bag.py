"""`bag`: what each model is trained on, statistics of the samples, seeds, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import Recorder, draw_rows, names

from grader.checks import array, between, close, equal, holds, raises


def samples(candidate, X, y, rounds, seed):
    """The rows drawn in each round, as positions in X, and the recorder."""
    recorder = Recorder()
    candidate.bag(recorder.fit, X, y, rounds, seed)
    keys = [array(rows, shape=(len(X), X.shape[1]))[:, 0] for rows in recorder.X]
    holds(len(keys) == rounds, f"{len(keys)} models are trained, not {rounds}")
    holds(bool(np.isin(keys, X[:, 0]).all()), "a row is not one of X")
    return [np.argsort(X[:, 0])[key.astype(int)] for key in keys], recorder


def draw_seed(rng):
    return int(rng.integers(1, 10**6))


@pytest.mark.parametrize("rounds", [1, 2, 9])
def test_models(candidate, rng, rounds):
    """As many models as rounds, in the order of training."""
    X, y = draw_rows(rng, 12)
    recorder = Recorder()
    equal(candidate.bag(recorder.fit, X, y, rounds, draw_seed(rng)), names(rounds))
    holds(len(recorder.X) == rounds, f"fit is called {len(recorder.X)} times, not {rounds}")


@pytest.mark.points(2)
@pytest.mark.hint("One array of row numbers has to pick from X and from y.")
def test_rows_come_with_their_labels(candidate, rng):
    """Whole rows are drawn, each with its own label, and as many as there are."""
    X, y = draw_rows(rng, 50)
    drawn, recorder = samples(candidate, X, y, 6, draw_seed(rng))
    close(recorder.X, [X[rows] for rows in drawn])
    close(recorder.y, [y[rows] for rows in drawn])


def test_equal_weights(candidate, rng):
    """Every drawn row has the same weight, and the weights sum to 1."""
    X, y = draw_rows(rng, 40)
    _, recorder = samples(candidate, X, y, 5, draw_seed(rng))
    close(recorder.weights, [np.full(40, 1 / 40)] * 5, rtol=1e-9)


@pytest.mark.points(2)
@pytest.mark.hint("Drawn with replacement, about 63 % of the rows occur in a sample.")
def test_with_replacement(candidate, rng):
    """Samples hold some rows more than once and leave others out, as often as they should."""
    X, y = draw_rows(rng, 100)
    drawn, _ = samples(candidate, X, y, 40, draw_seed(rng))
    between(float(np.mean([len(np.unique(rows)) for rows in drawn])), 60, 67)


@pytest.mark.points(2)
def test_every_row_is_equally_likely(candidate, rng):
    """Over many rounds all rows are drawn equally often, up to chance."""
    X, y = draw_rows(rng, 100)
    drawn, _ = samples(candidate, X, y, 40, draw_seed(rng))
    counts = np.bincount(np.concatenate(drawn), minlength=100)
    between(int(counts.min()), 5, 40)
    between(float(np.sum((counts - 40.0) ** 2 / 40)), 40, 190)  # chi squared with 99 degrees of freedom


@pytest.mark.points(2)
@pytest.mark.hint("Models that are trained on the same rows have nothing to vote about.")
def test_samples_differ(candidate, rng):
    """No two models are trained on the same sample."""
    X, y = draw_rows(rng, 40)
    drawn, _ = samples(candidate, X, y, 25, draw_seed(rng))
    different = len({tuple(sorted(rows.tolist())) for rows in drawn})
    holds(different == 25, f"only {different} of 25 samples differ")


@pytest.mark.points(2)
@pytest.mark.hint("Make the generator from the seed, inside the function.")
def test_seed(candidate, rng):
    """The same seed draws the same samples, another seed others."""
    X, y = draw_rows(rng, 40)
    seed = draw_seed(rng)
    first, again, following, zero = (
        np.array(samples(candidate, X, y, 4, number)[0]) for number in (seed, seed, seed + 1, 0)
    )
    equal(again, first)
    different = len({tuple(drawn.ravel().tolist()) for drawn in (first, following, zero)})
    holds(different == 3, "different seeds draw the same samples")


def test_single_row(candidate, rng):
    """A single row is drawn every time."""
    X, y = draw_rows(rng, 1)
    _, recorder = samples(candidate, X, y, 3, draw_seed(rng))
    close(recorder.y, [y] * 3)
    close(recorder.weights, [np.ones(1)] * 3)


@pytest.mark.parametrize("rounds", [0, -1])
def test_no_rounds(candidate, rng, rounds):
    """Less than one round is an error."""
    X, y = draw_rows(rng, 10)
    with raises(candidate, ValueError):
        candidate.bag(Recorder().fit, X, y, rounds, 3)


@pytest.mark.parametrize("label", [0, 2])
def test_other_labels(candidate, rng, label):
    """A label that is neither -1 nor 1 is an error."""
    X, y = draw_rows(rng, 10)
    y[int(rng.integers(2, 10))] = label
    with raises(candidate, ValueError):
        candidate.bag(Recorder().fit, X, y, 3, 3)
