"""`vote`: weighted majorities, ties, no models."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import Scripted, names

from grader.checks import equal


def majority(answers, weights):
    """The label with the larger sum of weights, 1 if both are equal."""
    positive = np.array([sum(weights[column == 1]) for column in answers.T])
    negative = np.array([sum(weights[column == -1]) for column in answers.T])
    return np.where(negative > positive, -1, 1)


@pytest.mark.points(2)
@pytest.mark.hint("Each model's say is its weight, not one voice each.")
@pytest.mark.parametrize("models", [1, 2, 7])
def test_weighted_majority(candidate, rng, models):
    """Each row gets the label with the larger sum of weights."""
    answers, weights = rng.choice([-1, 1], (models, 60)), rng.uniform(0.1, 3.0, models)
    X = rng.normal(size=(60, 2))
    labels = candidate.vote(Scripted(answers, X).predict, names(models), weights, X)
    equal(labels, majority(answers, weights))


def test_one_against_many(candidate, rng):
    """A heavy model outvotes several light ones, and loses against one more."""
    mine = rng.choice([-1, 1], 40)
    answers, weights = np.array([mine, *[-mine] * 4]), np.array([3.5, 1.0, 1.0, 1.0, 1.0])
    X = rng.normal(size=(40, 3))
    learner = Scripted(answers, X)
    equal(candidate.vote(learner.predict, names(4), weights[:4], X), mine)
    equal(candidate.vote(learner.predict, names(5), weights, X), -mine)


@pytest.mark.points(2)
@pytest.mark.hint("np.sign(0) is 0, which is no label.")
def test_ties(candidate, rng):
    """Equal sums give 1."""
    mine = rng.choice([-1, 1], 30)
    X = rng.normal(size=(30, 2))
    for answers, weights in (([mine, -mine], [1.0, 1.0]), ([mine, mine, -mine], [1.0, 2.0, 3.0])):
        learner = Scripted(answers, X)
        equal(
            candidate.vote(learner.predict, names(len(weights)), np.array(weights), X), np.ones(30, dtype=int)
        )


def test_no_models(candidate, rng):
    """Without models all rows get 1."""
    X = rng.normal(size=(5, 2))
    learner = Scripted(np.ones((1, 5), dtype=np.int64), X)
    equal(candidate.vote(learner.predict, [], np.empty(0), X), np.ones(5, dtype=int))
