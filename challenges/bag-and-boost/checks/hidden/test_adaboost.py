"""`adaboost`: weights and alphas against the published ones, stopping, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import Scripted, Stumps, draw_answers, draw_rows, names, published, signed_sum

from grader.checks import array, close, equal, holds, raises

TIGHT = {"rtol": 1e-9}


@pytest.mark.points(3)
@pytest.mark.hint("Wrong rows gain, right rows lose, from the weights as they were in this round.")
def test_weights(candidate, rng):
    """The weights in each round are the published ones."""
    X, y = draw_rows(rng, 40)
    learner = Scripted(draw_answers(rng, y, 12), X)
    candidate.adaboost(learner.fit, learner.predict, X, y, 12)
    close(learner.weights, published(y, learner.answers)[0][:-1], **TIGHT)


@pytest.mark.points(3)
@pytest.mark.hint("The error is the weight of the wrong rows. The logarithm is natural, and halved.")
@pytest.mark.parametrize("rounds", [1, 2, 10])
def test_models_and_alphas(candidate, rng, rounds):
    """All models in order, with the published alphas."""
    X, y = draw_rows(rng, 30)
    learner = Scripted(draw_answers(rng, y, 10), X)
    models, alphas = candidate.adaboost(learner.fit, learner.predict, X, y, rounds)
    equal(models, names(rounds))
    close(alphas, published(y, learner.answers[:rounds])[1], **TIGHT)
    holds(len(learner.weights) == rounds, f"fit is called {len(learner.weights)} times, not {rounds}")


@pytest.mark.hint("All rows are used in every round: only their weights change.")
def test_all_rows_in_every_round(candidate, rng):
    """Every model is trained on all rows, in their order, with their labels."""
    X, y = draw_rows(rng, 30)
    learner = Scripted(draw_answers(rng, y, 5), X)
    candidate.adaboost(learner.fit, learner.predict, X, y, 5)
    close(learner.X, [X] * 5)
    close(learner.y, [y] * 5)


@pytest.mark.points(2)
@pytest.mark.hint("Divide by the sum in each round.")
def test_weights_sum_to_one(candidate, rng):
    """The weights sum to 1 in every round, with a learner that uses them."""
    X, y = signed_sum(rng, rng.choice([-1.0, 1.0], 3), 60)
    learner = Stumps()
    candidate.adaboost(learner.fit, learner.predict, X, y, 15)
    sums = [float(np.sum(array(weights, shape=(60,)))) for weights in learner.weights]
    close(sums, [1.0] * 15, **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("What should the next model be unable to gain by copying the last one?")
def test_last_model_is_no_better_than_a_coin(candidate, rng):
    """The error that each model has under the weights of the next round."""
    X, y = signed_sum(rng, rng.choice([-1.0, 1.0], 3), 60)
    learner = Stumps()
    candidate.adaboost(learner.fit, learner.predict, X, y, 12)
    holds(len(learner.weights) == 12, f"fit is called {len(learner.weights)} times, not 12")
    for k in range(11):
        wrong = learner.predict(f"model {k}", X) != y
        close(float(array(learner.weights[k + 1], shape=(60,))[wrong].sum()), 0.5, **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint(
    "An error of 0.5 or more: the model has no vote, and the next would be trained on the same weights."
)
@pytest.mark.parametrize("kept", [0, 1, 4])
def test_stops_at_a_useless_model(candidate, rng, kept):
    """A model with an error above one half is dropped and ends the training."""
    X, y = draw_rows(rng, 30)
    useful = draw_answers(rng, y, kept + 3)
    answers = np.concatenate([useful[:kept], -useful[kept : kept + 1], useful[kept:]])
    learner = Scripted(answers, X)
    models, alphas = candidate.adaboost(learner.fit, learner.predict, X, y, kept + 3)
    equal(models, names(kept))
    close(alphas, published(y, useful[:kept])[1], **TIGHT)
    holds(len(learner.weights) == kept + 1, "training goes on after it should stop")


def test_error_of_exactly_one_half(candidate, rng):
    """An error of exactly one half is too much; a little less is not."""
    X, _ = draw_rows(rng, 8)
    y = rng.permutation([-1, -1, -1, -1, 1, 1, 1, 1])
    learner = Scripted(np.ones((1, 8), dtype=np.int64), X)
    equal(candidate.adaboost(learner.fit, learner.predict, X, y, 3), ([], np.empty(0)))
    X, y = draw_rows(rng, 101)
    answer = np.where(rng.permutation(101) < 50, -y, y)
    learner = Scripted(answer[None], X)
    models, alphas = candidate.adaboost(learner.fit, learner.predict, X, y, 1)
    equal(models, names(1))
    close(alphas, published(y, [answer])[1], **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("ln(1 / 0) is infinite: what does the brief say instead?")
@pytest.mark.parametrize("before", [0, 1, 3])
def test_perfect_model(candidate, rng, before):
    """A model without error is returned alone and ends the training."""
    X, y = draw_rows(rng, 30)
    useful = draw_answers(rng, y, before + 2)
    learner = Scripted(np.concatenate([useful[:before], y[None], useful[before:]]), X)
    models, alphas = candidate.adaboost(learner.fit, learner.predict, X, y, before + 3)
    equal(models, [f"model {before}"])
    close(alphas, np.ones(1))
    holds(len(learner.weights) == before + 1, "training goes on after a perfect model")


@pytest.mark.parametrize("rounds", [0, -1])
def test_no_rounds(candidate, rng, rounds):
    """Less than one round is an error."""
    X, y = draw_rows(rng, 10)
    learner = Scripted(draw_answers(rng, y, 2, 0.0, 0.5), X)
    with raises(candidate, ValueError):
        candidate.adaboost(learner.fit, learner.predict, X, y, rounds)


@pytest.mark.parametrize("label", [0, 2])
def test_other_labels(candidate, rng, label):
    """A label that is neither -1 nor 1 is an error."""
    X, y = draw_rows(rng, 30)
    learner = Scripted(draw_answers(rng, y, 3), X)
    y[int(rng.integers(2, 30))] = label
    with raises(candidate, ValueError):
        candidate.adaboost(learner.fit, learner.predict, X, y, 3)
