"""`prequential`: the order of calls, what is passed, the share, errors."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import close, equal, raises


class Watched:
    """A learner on the trusted side that writes down every call and predicts what it is told."""

    def __init__(self, answers):
        self.answers, self.order, self.blocks, self.labels = list(answers), [], [], []

    def predict(self, block):
        self.order.append("predict")
        self.blocks.append(block)
        row = min(self.order.count("predict"), len(self.answers)) - 1
        return np.array([self.answers[row]])

    def update(self, block, label):
        self.order.append("update")
        self.blocks.append(block)
        self.labels.append(label)


def run(candidate, watched, X, y):
    def predict(block):
        return watched.predict(block)

    def update(block, label):
        watched.update(block, label)

    return candidate.prequential(predict, update, X, y)


@pytest.mark.points(2)
@pytest.mark.hint("A row must be predicted before its label is learned, or the score is that of training.")
def test_each_row_is_predicted_before_it_is_learned(candidate, rng):
    """For each row in turn: predict, then update, each once."""
    X, y = rng.normal(size=(12, 3)), rng.integers(0, 2, 12)
    watched = Watched(y)
    run(candidate, watched, X, y)
    equal(watched.order, ["predict", "update"] * 12)


@pytest.mark.points(2)
def test_what_is_passed(candidate, rng):
    """Blocks of one row and one label, in the order of the stream."""
    X, y = rng.normal(size=(10, 4)), rng.integers(0, 2, 10)
    watched = Watched(y)
    run(candidate, watched, X, y)
    close(watched.blocks, [X[row : row + 1] for row in range(10) for _ in range(2)])
    equal(watched.labels, [y[row : row + 1] for row in range(10)])


@pytest.mark.points(2)
@pytest.mark.parametrize("rows", [1, 30])
def test_share_of_rows_predicted_right(candidate, rng, rows):
    """The result is the share of rows predicted right."""
    X, y, answers = rng.normal(size=(rows, 2)), rng.integers(0, 2, rows), rng.integers(0, 2, rows)
    score = run(candidate, Watched(answers), X, y)
    close(score, float(np.mean(answers == y)), rtol=1e-9)


@pytest.mark.parametrize("labels", [0, 1, 7])
def test_rows_and_labels_that_do_not_match(candidate, rng, labels):
    """No row, or another number of labels than rows, is an error before any call."""
    X = rng.normal(size=(0 if labels == 0 else 6, 2))
    watched = Watched([0])
    with raises(candidate, ValueError):
        run(candidate, watched, X, np.zeros(labels, dtype=np.int64))
    equal(watched.order, [])
