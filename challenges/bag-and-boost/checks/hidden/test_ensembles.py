"""Ensembles of stumps against a single stump, on rows that nobody has seen."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import Stumps, best_stump, noisy_copies, signed_sum, stump_labels

from grader.checks import array


def errors(candidate, learner, models, weights, X, y, new_X, new_y):
    """Share of new rows that the vote and a single stump get wrong."""
    labels = array(candidate.vote(learner.predict, models, weights, new_X), shape=(len(new_y),), dtype="int")
    single = best_stump(X, y, np.full(len(y), 1 / len(y)))
    return np.mean(labels != new_y), np.mean(stump_labels(single, new_X) != new_y)


@pytest.mark.hint("Averaging helps only as far as the models differ.")
def test_bagging(candidate, rng, metric):
    """Bagged stumps are right more often than one stump where many columns say the same."""
    totals = np.zeros(2)
    for seed in range(4):
        X, y = noisy_copies(rng, 40)
        learner = Stumps()
        models = candidate.bag(learner.fit, X, y, 20, seed)
        totals += errors(candidate, learner, models, np.ones(20), X, y, *noisy_copies(rng, 300))
    metric("bagging_error", totals[0] / totals[1])


@pytest.mark.hint("Each model has to learn what the ones before it got wrong.")
def test_boosting(candidate, rng, metric):
    """Boosted stumps are right more often than one stump where no single column decides."""
    totals = np.zeros(2)
    for _ in range(3):
        signs = rng.choice([-1.0, 1.0], 4)
        X, y = signed_sum(rng, signs, 120)
        learner = Stumps()
        models, alphas = candidate.adaboost(learner.fit, learner.predict, X, y, 25)
        totals += errors(candidate, learner, models, alphas, X, y, *signed_sum(rng, signs, 300))
    metric("boosting_error", totals[0] / totals[1])
