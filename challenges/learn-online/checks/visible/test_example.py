"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import array, close, equal, raises

X = np.array([[0.5, -1.0], [2.0, 0.3], [-0.4, 0.1], [1.0, 1.0]])
Y = np.array([1, 0, 1, 1])


def test_prequential_accuracy(candidate):
    """Always predicting 1 gets three of the example's four rows right."""

    def predict(block):
        return np.array([1])

    def update(block, label):
        return None

    close(candidate.prequential(predict, update, X, Y), 0.75, rtol=1e-9)


def test_state_keeps_its_length(candidate):
    """The state has one length, before and after an update."""
    learner = candidate.OnlineLearner(2)
    before = array(learner.state(), shape=(None,))
    learner.update(X, Y)
    array(learner.state(), shape=before.shape)


def test_a_restored_learner_predicts_the_same(candidate):
    """A learner made from the state predicts the same."""
    learner = candidate.OnlineLearner(2)
    learner.update(X, Y)
    twin = candidate.restore(2, learner.state())
    equal(twin.predict(X), array(learner.predict(X), shape=(4,), dtype="int"))


def test_labels_are_zero_or_one(candidate):
    """A label of 2 is an error."""
    learner = candidate.OnlineLearner(2)
    with raises(candidate, ValueError):
        learner.update(X, np.array([0, 1, 2, 1]))
