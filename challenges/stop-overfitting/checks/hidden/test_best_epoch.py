"""`best_epoch`: agreement with an oracle, patience, min_delta, losses that are not finite, errors."""

from __future__ import annotations

import math

import pytest
from oracle import draw_losses, stopping

from grader.checks import equal, raises


@pytest.mark.points(3)
@pytest.mark.hint("Two epochs decide: the current one, and the best one so far.")
def test_noisy_runs(candidate, rng):
    """Many noisy runs, with and without a stop."""
    for _ in range(150):
        losses = draw_losses(rng, int(rng.integers(1, 60)))
        patience, min_delta = int(rng.integers(1, 9)), float(rng.integers(0, 9)) / 64.0
        answer = candidate.best_epoch(losses, patience, min_delta)
        equal(answer, stopping(losses, patience, min_delta))


@pytest.mark.points(2)
@pytest.mark.hint("With a patience of 3, the third epoch without an improvement is the last one.")
@pytest.mark.parametrize("patience", [1, 2, 5])
def test_patience(candidate, patience):
    """An improvement that comes just in time, and one that comes an epoch too late."""
    in_time = [1.0, *[1.5] * (patience - 1), 0.5]
    equal(candidate.best_epoch(in_time, patience, 0.0), (patience, patience))
    too_late = [1.0, *[1.5] * patience, 0.5]
    equal(candidate.best_epoch(too_late, patience, 0.0), (0, patience))


@pytest.mark.points(2)
@pytest.mark.hint("Nobody can look at losses of epochs that were not trained.")
def test_future_is_unknown(candidate, rng):
    """What comes after the stop makes no difference, however good it is."""
    run = [3.0, 2.0, 2.5, 2.25, 2.75]
    for tail in ([], [0.0], [2.5, 0.0, -1.0], [float(loss) for loss in rng.normal(size=20)]):
        equal(candidate.best_epoch(run + tail, 3, 0.0), (1, 4))


def test_losses_end_first(candidate):
    """Losses that end before the patience does."""
    equal(candidate.best_epoch([2.0, 1.0, 1.5, 1.25], 3, 0.0), (1, 3))
    equal(candidate.best_epoch([2.0, 1.0, 1.5, 1.25, 1.75], 3, 0.0), (1, 4))
    equal(candidate.best_epoch([4.0, 3.0, 2.0, 1.0], 1, 0.0), (3, 3))


def test_one_epoch(candidate):
    """A single epoch is the best and the last."""
    for patience in (1, 5):
        equal(candidate.best_epoch([0.75], patience, 0.5), (0, 0))


def test_only_worse(candidate):
    """Losses that only rise: the first epoch is kept."""
    equal(candidate.best_epoch([1.0, 2.0, 3.0, 4.0, 5.0], 2, 0.0), (0, 2))


@pytest.mark.hint("Less than, not less than or equal.")
def test_plateau(candidate):
    """Equal losses are no improvement, nor is a difference of exactly min_delta."""
    equal(candidate.best_epoch([1.0] * 6, 3, 0.0), (0, 3))
    equal(candidate.best_epoch([1.0, 0.75, 0.5, 0.25], 4, 0.25), (2, 3))
    equal(candidate.best_epoch([1.0, 0.75, 0.75, 0.75], 2, 0.25), (0, 2))


@pytest.mark.points(2)
@pytest.mark.hint("An improvement is measured against the best epoch, not against the epoch before.")
def test_slow_descent(candidate):
    """A descent in steps smaller than min_delta."""
    slow = [1.0 - step / 16 for step in range(13)]  # every third epoch is lower by more than 2/16
    equal(candidate.best_epoch(slow, 3, 2 / 16), (12, 12))
    equal(candidate.best_epoch(slow, 2, 2 / 16), (0, 2))


def test_jump_after_a_small_gain(candidate):
    """A gain below min_delta is not kept, but does not move the goal either."""
    equal(candidate.best_epoch([1.0, 0.9375, 0.875, 0.8125, 0.75], 3, 0.125), (3, 4))
    equal(candidate.best_epoch([1.0, 0.9375, 1.0, 1.0], 3, 0.125), (0, 3))


@pytest.mark.hint("Is a comparison with NaN true or false, and on which side of your `if` does it end?")
@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_loss_that_is_not_finite(candidate, loss):
    """A NaN or infinity is no improvement and is counted like any other epoch without one."""
    equal(candidate.best_epoch([2.0, loss, 1.0, loss, loss, 0.5], 2, 0.0), (2, 4))
    equal(candidate.best_epoch([2.0, 1.5, loss, 1.0, loss], 2, 0.25), (3, 4))
    equal(candidate.best_epoch([2.0, loss], 1, 0.25), (0, 1))


@pytest.mark.parametrize(
    ("losses", "patience", "min_delta"),
    [([], 2, 0.0), ([1.0, 0.5], 0, 0.0), ([1.0, 0.5], -1, 0.0), ([1.0, 0.5], 2, -1e-9), ([1.0], 2, -1.0)],
)
def test_senseless_arguments(candidate, losses, patience, min_delta):
    """No losses, a patience below 1 or a negative min_delta is an error."""
    with raises(candidate, ValueError):
        candidate.best_epoch(losses, patience, min_delta)
