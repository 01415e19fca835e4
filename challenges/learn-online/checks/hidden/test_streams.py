"""How well the learner follows streams: two floors and three metrics."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import (
    FEATURES,
    abrupt_stream,
    fixed_stream,
    gain_share,
    gradual_stream,
    predictions,
    reversed_stream,
)

from grader.checks import array, holds


def _share(right):
    return f"{float(np.mean(right)):.0%} of the rows are right"


@pytest.mark.points(2)
@pytest.mark.hint("Does each row move the model towards its label?")
def test_learns_a_concept_that_stays(candidate, rng):
    """Right on most rows after 300 rows of one concept."""
    X, y = fixed_stream(rng, 600)
    answers = array(predictions(candidate.OnlineLearner(FEATURES), X, y), shape=(600,), dtype="int")
    right = answers[300:] == y[300:]
    holds(np.mean(right) >= 0.75, _share(right))


@pytest.mark.points(2)
@pytest.mark.hint("How much does row 601 count against the 600 before it?")
def test_recovers_after_a_change(candidate, rng):
    """Right on most rows again, 150 rows after the concept was reversed."""
    X, y = reversed_stream(rng, 600, 300)
    answers = array(predictions(candidate.OnlineLearner(FEATURES), X, y), shape=(900,), dtype="int")
    right = answers[750:] == y[750:]
    holds(np.mean(right) >= 0.7, _share(right))


@pytest.mark.hint(
    "How many rows back does the model still remember, and how soon does it give up the old concept?"
)
def test_abrupt_drift(candidate, rng, metric):
    """Follows a concept that is replaced again and again."""
    X, y = abrupt_stream(rng, 1200)
    answers = predictions(candidate.OnlineLearner(FEATURES), X, y)
    metric("abrupt_drift", gain_share(answers, X, y))


@pytest.mark.hint("How many rows back does the model still remember?")
def test_gradual_drift(candidate, rng, metric):
    """Follows a concept that turns slowly."""
    X, y = gradual_stream(rng, 1200)
    answers = predictions(candidate.OnlineLearner(FEATURES), X, y)
    metric("gradual_drift", gain_share(answers, X, y))


@pytest.mark.hint("A model that forgets too fast, or moves too far for each row, follows the noise.")
def test_no_drift(candidate, rng, metric):
    """Stays precise where the concept stays."""
    X, y = fixed_stream(rng, 1000)
    answers = predictions(candidate.OnlineLearner(FEATURES), X, y)
    metric("no_drift", gain_share(answers, X, y, first=500))
