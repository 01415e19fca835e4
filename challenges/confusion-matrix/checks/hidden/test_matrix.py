"""`confusion_matrix`: layout, order of labels, labels that are missing somewhere, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_table, labels_from

from grader.checks import equal, raises


@pytest.mark.points(2)
@pytest.mark.hint("Truth goes down, predictions go across.")
def test_two_classes(candidate, rng):
    """Two classes with known counts."""
    for _ in range(3):
        table = draw_table(rng, 2)
        y_true, y_pred = labels_from(table, [0, 1], rng)
        equal(candidate.confusion_matrix(y_true, y_pred), table)


@pytest.mark.points(2)
@pytest.mark.hint("Are the labels sorted by value, and is a label something else than a position?")
def test_integer_labels_with_gaps(candidate, rng):
    """Several classes, integer labels with gaps, negative ones too."""
    for classes in (3, 7):
        names = sorted(int(name) for name in rng.choice(np.arange(-90, 90), classes, replace=False))
        table = draw_table(rng, classes)
        y_true, y_pred = labels_from(table, names, rng)
        equal(candidate.confusion_matrix(y_true, y_pred), table)


def test_large_labels(candidate, rng):
    """Labels such as customer numbers."""
    names = sorted(int(name) for name in rng.integers(-(10**12), 10**12, 4))
    table = draw_table(rng, 4)
    y_true, y_pred = labels_from(table, names, rng)
    equal(candidate.confusion_matrix(y_true, y_pred), table)
    given = rng.permutation(4)
    answer = candidate.confusion_matrix(y_true, y_pred, labels=[names[i] for i in given])
    equal(answer, table[np.ix_(given, given)])


def test_text_labels(candidate, rng):
    """Labels may be strings; they are sorted as text."""
    table = draw_table(rng, 5)
    y_true, y_pred = labels_from(table, ["10", "9", "Z", "a", "a rather long name"], rng)
    equal(candidate.confusion_matrix(y_true, y_pred), table)


@pytest.mark.points(2)
@pytest.mark.hint("Rows and columns follow `labels` as it is given, not sorted.")
@pytest.mark.parametrize("names", [[0, 1, 2, 3], ["ham", "list", "offer", "spam"]], ids=["integers", "text"])
def test_labels_in_a_given_order(candidate, rng, names):
    """Rows and columns follow the order of `labels`."""
    table = draw_table(rng, 4)
    y_true, y_pred = labels_from(table, names, rng)
    for order in ([3, 2, 1, 0], [1, 3, 0, 2]):
        answer = candidate.confusion_matrix(y_true, y_pred, labels=[names[i] for i in order])
        equal(answer, table[np.ix_(order, order)])


@pytest.mark.points(2)
@pytest.mark.hint("The labels are those in y_true or in y_pred.")
@pytest.mark.parametrize("side", ["only predicted", "only true"])
def test_label_on_one_side_only(candidate, rng, side):
    """A label that is predicted but never true, or true but never predicted."""
    for absent in range(3):
        table = draw_table(rng, 3)
        if side == "only predicted":
            table[absent] = 0
        else:
            table[:, absent] = 0
        y_true, y_pred = labels_from(table, [4, 8, 15], rng)
        equal(candidate.confusion_matrix(y_true, y_pred), table)


@pytest.mark.points(2)
@pytest.mark.hint("A listed label keeps its row and column, whether it occurs or not.")
@pytest.mark.parametrize("names", [[5, 7, 2, 6], ["b", "a longer name", "c", "a"]], ids=["integers", "text"])
def test_listed_label_that_never_occurs(candidate, rng, names):
    """A listed label that occurs nowhere has a row and a column of zeros."""
    for absent in range(4):
        table = draw_table(rng, 4)
        table[absent], table[:, absent] = 0, 0
        y_true, y_pred = labels_from(table, names, rng)
        equal(candidate.confusion_matrix(y_true, y_pred, labels=names), table)


def test_swapping_truth_and_prediction(candidate, rng):
    """With truth and prediction swapped, the matrix is transposed."""
    table = draw_table(rng, 4)
    y_true, y_pred = labels_from(table, [0, 1, 2, 3], rng)
    equal(candidate.confusion_matrix(y_pred, y_true), table.T.copy())


def test_perfect_predictions(candidate, rng):
    """Perfect predictions fill the diagonal with the sizes of the classes."""
    sizes = rng.integers(1, 50, 5)
    y = rng.permutation(np.repeat([2, 3, 5, 7, 11], sizes))
    equal(candidate.confusion_matrix(y, y), np.diag(sizes))


def test_one_row_or_one_class(candidate):
    """One row, one class and one listed label are enough."""
    equal(candidate.confusion_matrix(np.array([3]), np.array([3])), np.array([[1]]))
    equal(candidate.confusion_matrix(np.array([3]), np.array([1])), np.array([[0, 0], [1, 0]]))
    equal(candidate.confusion_matrix(np.array(["x"] * 6), np.array(["x"] * 6), ["x"]), np.array([[6]]))


@pytest.mark.points(2)
@pytest.mark.hint("A length of 1 broadcasts silently; compare the lengths yourself.")
def test_unequal_or_empty_arrays(candidate, rng):
    """Arrays of different length, or without a row, are an error."""
    for rows, predictions in ((5, 4), (1, 6), (6, 1), (0, 0), (3, 0)):
        y_true, y_pred = rng.integers(0, 2, rows), rng.integers(0, 2, predictions)
        for labels in (None, [0, 1]):
            with raises(candidate, ValueError):
                candidate.confusion_matrix(y_true, y_pred, labels)


@pytest.mark.points(2)
@pytest.mark.hint("A row that cannot be counted is an error, not a row less.")
@pytest.mark.parametrize("side", ["true", "predicted", "both"])
def test_label_that_is_not_listed(candidate, rng, side):
    """A true or predicted label that is not listed is an error, even in a single row."""
    row = int(rng.integers(0, 30))
    for stranger in (-1, 1, 9):  # below, between and above the listed ones
        y_true, y_pred = rng.choice([0, 2, 3], (2, 30))
        if side != "predicted":
            y_true[row] = stranger
        if side != "true":
            y_pred[row] = stranger
        with raises(candidate, ValueError):
            candidate.confusion_matrix(y_true, y_pred, labels=[2, 0, 3])


def test_label_listed_twice(candidate, rng):
    """A label that is listed twice is an error, and so is a list without labels."""
    y_true, y_pred = rng.integers(0, 2, (2, 20))
    for labels in ([0, 1, 1], [1, 0, 1], [7, 0, 1, 7], []):
        with raises(candidate, ValueError):
            candidate.confusion_matrix(y_true, y_pred, labels=labels)
