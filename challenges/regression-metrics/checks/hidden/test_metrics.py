"""`mae`, `rmse` and `r2` on random predictions: weights, several outputs, invariances."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import METRICS, draw, expected, expected_adjusted

from grader.checks import close

TIGHT = 1e-9
OUTPUTS = [None, 1, 2, 5]


def call(candidate, metric, *args):
    return getattr(candidate, metric)(*args)


@pytest.mark.points(2)
@pytest.mark.hint("Is rmse in the unit of the target? Is R² measured against the mean of the truth?")
@pytest.mark.parametrize("metric", METRICS)
def test_one_output(candidate, rng, metric):
    """One output, from a handful of rows to many."""
    for rows in (2, 3, 10, 200):
        true, pred = draw(rng, rows)
        close(call(candidate, metric, true, pred), expected(metric, true, pred), rtol=TIGHT)


@pytest.mark.points(3)
@pytest.mark.hint("Is the mean over the outputs taken before or after the root, and the ratio?")
@pytest.mark.parametrize("metric", METRICS)
def test_several_outputs(candidate, rng, metric):
    """Several outputs of different sizes and skills."""
    for outputs in (1, 2, 5):
        true, pred = draw(rng, outputs=outputs)
        close(call(candidate, metric, true, pred), expected(metric, true, pred), rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("The weights count in every mean, also in the mean of the truth.")
@pytest.mark.parametrize("outputs", OUTPUTS)
@pytest.mark.parametrize("metric", METRICS)
def test_weights(candidate, rng, metric, outputs):
    """Weighted rows, some of them not counting at all."""
    true, pred = draw(rng, outputs=outputs)
    weights = rng.uniform(0, 3, len(true))
    weights[rng.choice(len(true), 8, replace=False)] = 0.0
    close(call(candidate, metric, true, pred, weights), expected(metric, true, pred, weights), rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("A row of weight 3 is as good as three rows.")
@pytest.mark.parametrize("metric", METRICS)
def test_whole_weights_are_repeated_rows(candidate, rng, metric):
    """Whole weights do what repeating the rows would do, in any unit of weight."""
    true, pred = draw(rng, outputs=2)
    weights = rng.integers(1, 5, len(true))
    repeated = expected(metric, np.repeat(true, weights, axis=0), np.repeat(pred, weights, axis=0))
    for unit in (1, 7):
        close(call(candidate, metric, true, pred, weights * unit), repeated, rtol=TIGHT)


@pytest.mark.parametrize("metric", METRICS)
def test_order_of_rows(candidate, rng, metric):
    """The order of the rows does not matter."""
    true, pred = draw(rng, outputs=2)
    weights, order = rng.uniform(1, 2, len(true)), rng.permutation(len(true))
    answer = call(candidate, metric, true[order], pred[order], weights[order])
    close(answer, expected(metric, true, pred, weights), rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("R² is not the square of a correlation, and nothing keeps it above 0.")
def test_worse_than_the_mean(candidate, rng):
    """Predictions that are worse than the mean have a negative R², however well they correlate."""
    true, _ = draw(rng)
    for pred in (3.0 * true, true + 5.0, -true, np.full_like(true, true.mean() + 4.0)):
        close(candidate.r2(true, pred), expected("r2", true, pred), rtol=TIGHT)


def test_the_mean_explains_nothing(candidate, rng):
    """Predicting the weighted mean of the truth gives an R² of 0."""
    true, _ = draw(rng, outputs=3)
    weights = rng.uniform(0.5, 2, len(true))
    mean = np.average(true, axis=0, weights=weights)
    close(candidate.r2(true, np.broadcast_to(mean, true.shape).copy(), weights), 0.0, atol=1e-9)


def test_perfect(candidate, rng):
    """Perfect predictions have no error and explain everything."""
    for outputs in OUTPUTS:
        true, _ = draw(rng, outputs=outputs)
        close(candidate.mae(true, true), 0.0)
        close(candidate.rmse(true, true), 0.0)
        close(candidate.r2(true, true), 1.0)


@pytest.mark.points(2)
@pytest.mark.hint("What does the brief say of a constant truth? And is 0.1 the mean of many 0.1?")
@pytest.mark.parametrize("rows", [1, 3, 10, 11])
def test_constant_truth(candidate, rng, rows):
    """A constant truth: 1 if every prediction is exactly right, else 0."""
    for value in (0.1, -7.0, 1e6 + 0.1):
        true = np.full(rows, value)
        near = true.copy()
        near[-1] += 1e-3
        close(candidate.r2(true, true), 1.0)
        close(candidate.r2(true, near), 0.0)
        close(candidate.r2(true, near + 2.0, rng.uniform(0.5, 1, rows)), 0.0)


@pytest.mark.points(2)
def test_one_constant_output_among_others(candidate, rng):
    """A constant output counts with its 0 or 1 in the mean over the outputs."""
    true, pred = draw(rng, outputs=3)
    true[:, 1] = 2.5
    close(candidate.r2(true, pred), expected("r2", true, pred), rtol=TIGHT)
    pred[:, 1] = 2.5
    close(candidate.r2(true, pred), expected("r2", true, pred), rtol=TIGHT)


def test_constant_where_it_counts(candidate, rng):
    """A row of weight 0 counts when it is asked whether the truth is constant."""
    true = np.array([4.0, 4.0, 4.0, 9.0, 1.0])
    pred = true + rng.uniform(0.5, 1, 5)
    weights = np.array([1.0, 2.0, 1.0, 0.5, 0.0])
    close(candidate.r2(true, pred, weights), expected("r2", true, pred, weights), rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("The mean of the squares less the square of the mean loses its digits here.")
@pytest.mark.parametrize("metric", METRICS)
def test_far_from_zero(candidate, rng, metric):
    """Truths that lie far from zero."""
    true, pred = draw(rng)
    true, pred = np.round(true * 1024) / 1024 + 2.0**26, np.round(pred * 1024) / 1024 + 2.0**26
    close(call(candidate, metric, true, pred), expected(metric, true, pred), rtol=1e-6)


@pytest.mark.hint("Unsigned integers wrap around when the larger one is subtracted.")
@pytest.mark.parametrize("metric", METRICS)
def test_integers(candidate, rng, metric):
    """Integers are numbers too, unsigned differences included."""
    true, pred = rng.integers(0, 50, (2, 20)).astype(np.int16)
    close(call(candidate, metric, true, pred), expected(metric, true, pred), rtol=TIGHT)
    small = (rng.integers(0, 200, 20).astype(np.uint8), rng.integers(0, 200, 20).astype(np.uint8))
    close(call(candidate, metric, *small), expected(metric, *small), rtol=TIGHT)


@pytest.mark.points(3)
@pytest.mark.hint("n counts rows, p counts features. Which of them is missing one?")
@pytest.mark.parametrize("outputs", OUTPUTS)
def test_adjusted(candidate, rng, outputs):
    """Adjusted R² for models with none to many features."""
    true, pred = draw(rng, outputs=outputs)
    for features in (0, 1, 5, 28):
        answer = candidate.adjusted_r2(true, pred, features)
        close(answer, expected_adjusted(true, pred, features), rtol=TIGHT)


@pytest.mark.points(2)
def test_adjusted_with_weights(candidate, rng):
    """With weights, n is still the number of rows."""
    true, pred = draw(rng, outputs=2)
    weights = rng.uniform(0, 3, len(true))
    weights[:5] = 0.0
    answer = candidate.adjusted_r2(true, pred, 4, weights)
    close(answer, expected_adjusted(true, pred, 4, weights), rtol=TIGHT)
