"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import close, equal, raises

X = np.array([[0.0], [1.0], [2.0], [3.0], [4.0]])
Y = np.array([1, 1, -1, -1, 1])
ANSWERS = np.array([[1, 1, -1, -1, -1], [-1, -1, -1, -1, 1], [1, 1, 1, 1, 1]])
ALPHAS = 0.5 * np.log(np.array([4.0, 3.0, 5.0]))


def predict(model, rows):
    """What the table of the example says."""
    return ANSWERS[model, rows[:, 0].astype(int)]


def test_adaboost(candidate):
    """Models, alphas and weights of the example."""
    given = []

    def fit(rows, labels, weights):
        given.append(weights)
        return len(given) - 1

    models, alphas = candidate.adaboost(fit, predict, X, Y, 3)
    equal(models, [0, 1, 2])
    close(alphas, ALPHAS, rtol=1e-9)
    expected = [[1 / 5] * 5, [1 / 8, 1 / 8, 1 / 8, 1 / 8, 1 / 2], [1 / 4, 1 / 4, 1 / 12, 1 / 12, 1 / 3]]
    close(given, [np.array(weights) for weights in expected], rtol=1e-9)


def test_vote(candidate):
    """The weighted vote of the example, and a tie."""
    equal(candidate.vote(predict, [0, 1, 2], ALPHAS, X), Y)
    equal(candidate.vote(predict, [0, 1], np.array([1.0, 1.0]), X), np.array([1, 1, -1, -1, 1]))


def test_bag(candidate):
    """Every model of a bag is trained on as many rows as there are."""
    sizes = []

    def fit(rows, labels, weights):
        sizes.append((len(rows), len(labels), len(weights)))
        return len(sizes) - 1

    equal(candidate.bag(fit, X, Y, 3, 7), [0, 1, 2])
    equal(sizes, [(5, 5, 5)] * 3)


def test_labels(candidate):
    """A label 0 is an error."""

    def fit(rows, labels, weights):
        return 0

    with raises(candidate, ValueError):
        candidate.bag(fit, X, np.array([0, 1, 0, 1, 1]), 3, 7)
