"""The example of the brief, and one larger world. The hidden checks use other worlds."""

from __future__ import annotations

import numpy as np

from grader.checks import array, equal, holds, raises

#             free winner prize invoice meeting crypto
X = np.array(
    [
        [2, 0, 0, 0, 1, 0],
        [0, 0, 0, 2, 0, 1],
        [1, 1, 0, 0, 2, 0],
        [0, 1, 0, 1, 0, 2],
        [2, 0, 1, 0, 1, 0],
        [0, 0, 1, 2, 0, 2],
    ]
)
Y = np.array([0, 1, 0, 1, 0, 1])


def test_example(candidate):
    """The example of the brief: what the canteen sends is ham."""
    model = candidate.fit(X, Y)
    equal(candidate.predict(model, np.array([[3, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 2]])), np.array([0, 1]))


def test_learns_from_labels(candidate):
    """With the labels swapped, the answers are swapped."""
    model = candidate.fit(X, 1 - Y)
    equal(candidate.predict(model, np.array([[3, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 2]])), np.array([1, 0]))


def test_another_world(candidate):
    """Where words 10 to 19 mark spam and words 20 to 29 ham, new messages are told apart."""
    rng = np.random.default_rng(1)
    y = rng.permutation(np.arange(1200) % 2)
    marks = np.repeat([[0, -1, 1], [0, 1, -1]], 10, axis=1)  # for ham, for spam
    often = 0.6 * np.exp(0.5 * marks[y])
    words = rng.poisson(often)
    model = candidate.fit(words[:400], y[:400])
    predicted = array(candidate.predict(model, words[400:]), shape=(800,), dtype="int")
    right = float(np.mean(predicted == y[400:]))
    holds(right > 0.85, f"{right:.0%} of new messages are right; the best rule manages 96 %")


def test_lengths_that_differ(candidate):
    """Unequal numbers of messages and labels are an error."""
    with raises(candidate, ValueError):
        candidate.fit(X, Y[:-1])
