"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import close, equal, raises

Y_TRUE = np.array(["cat", "cat", "cat", "dog", "dog", "fox", "fox", "fox", "fox", "fox"])
Y_PRED = np.array(["cat", "cat", "dog", "dog", "fox", "fox", "fox", "fox", "cat", "fox"])
MATRIX = np.array([[2, 1, 0], [0, 1, 1], [1, 0, 4]])


def test_matrix(candidate):
    """The matrix of the example, labels sorted."""
    equal(candidate.confusion_matrix(Y_TRUE, Y_PRED), MATRIX)


def test_labels_in_a_given_order(candidate):
    """The matrix of the example with labels in a given order, one of which never occurs."""
    expected = np.array([[4, 0, 0, 1], [0, 0, 0, 0], [1, 0, 1, 0], [0, 0, 1, 2]])
    equal(candidate.confusion_matrix(Y_TRUE, Y_PRED, labels=["fox", "owl", "dog", "cat"]), expected)


def test_rates(candidate):
    """The rates of the example's matrix."""
    expected = {
        "tpr": np.array([2 / 3, 1 / 2, 4 / 5]),
        "fpr": np.array([1 / 7, 1 / 8, 1 / 5]),
        "specificity": np.array([6 / 7, 7 / 8, 4 / 5]),
        "balanced_accuracy": (2 / 3 + 1 / 2 + 4 / 5) / 3,
    }
    close(candidate.rates(MATRIX), expected, rtol=1e-9)


def test_label_that_is_not_listed(candidate):
    """A label in the data that is not in `labels` is an error."""
    with raises(candidate, ValueError):
        candidate.confusion_matrix(Y_TRUE, Y_PRED, labels=["cat", "dog"])
