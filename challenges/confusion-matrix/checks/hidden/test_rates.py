"""`rates`: one class against the rest, classes without rows, invariances, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_table, expected_rates, labels_from

from grader.checks import close, raises

TIGHT = 1e-9


def rates_are(answer, table):
    close(answer, expected_rates(table), rtol=TIGHT, nan=True)


@pytest.mark.points(2)
@pytest.mark.hint("Which rates divide by a sum along a row, and of which rows?")
def test_two_classes(candidate, rng):
    """The rates of two classes: what is sensitivity for one is specificity for the other."""
    for _ in range(3):
        table = draw_table(rng, 2)
        rates_are(candidate.rates(table), table)


@pytest.mark.points(3)
@pytest.mark.hint("A row is a true negative for a class if it neither belongs to it nor is called so.")
def test_each_class_against_the_rest(candidate, rng):
    """The rates of several classes, each against the rest."""
    for classes in (3, 4, 8):
        table = draw_table(rng, classes)
        rates_are(candidate.rates(table), table)


@pytest.mark.points(2)
@pytest.mark.hint("A rate over no rows is nan, not 0 and not 1, and the mean leaves it out.")
def test_class_without_rows(candidate, rng):
    """A class that is never true has no true positive rate and no part in the balanced accuracy."""
    for absent in range(4):
        table = draw_table(rng, 4)
        table[absent] = 0
        rates_are(candidate.rates(table), table)
        table[:, absent] = 0
        rates_are(candidate.rates(table), table)


@pytest.mark.points(2)
def test_all_rows_in_one_class(candidate, rng):
    """If every row belongs to one class, its false positive rate and specificity are unknown."""
    for only in range(3):
        table = draw_table(rng, 3)
        table[np.arange(3) != only] = 0
        rates_are(candidate.rates(table), table)


def test_single_class(candidate, rng):
    """A matrix of one class."""
    table = rng.integers(1, 100, (1, 1))
    rates_are(candidate.rates(table), table)


def test_never_predicted_class(candidate, rng):
    """The rates of a class that is never predicted."""
    table = draw_table(rng, 3)
    table[:, 1] = 0
    rates_are(candidate.rates(table), table)


@pytest.mark.hint("Balanced accuracy is the mean over the classes, however many rows each has.")
def test_always_the_commonest_class(candidate, rng):
    """Always answering with the commonest class."""
    table = np.zeros((4, 4), dtype=np.int64)
    table[:, 2] = rng.integers(1, 10, 4)
    table[2, 2] += 5000
    rates_are(candidate.rates(table), table)


@pytest.mark.points(2)
@pytest.mark.hint("Is each class divided by its own rows? Then its size does not matter.")
def test_a_class_becomes_more_common(candidate, rng):
    """Five hundred times the rows of one class leave every true positive rate as it was."""
    table = draw_table(rng, 3)
    before = expected_rates(table)
    more = table * np.array([[1], [500], [1]])
    after = expected_rates(more)
    expected = {**after, "tpr": before["tpr"], "balanced_accuracy": before["balanced_accuracy"]}
    close(candidate.rates(more), expected, rtol=TIGHT)


def test_order_of_the_classes(candidate, rng):
    """With the classes in another order, the rates are the same in that order."""
    table, order = draw_table(rng, 5), rng.permutation(5)
    expected = {
        key: value[order] if isinstance(value, np.ndarray) else value
        for key, value in expected_rates(table).items()
    }
    close(candidate.rates(table[np.ix_(order, order)]), expected, rtol=TIGHT)


def test_large_counts(candidate, rng):
    """A million times the counts give the same rates."""
    table = draw_table(rng, 3)
    close(candidate.rates(table * 10**6), expected_rates(table), rtol=TIGHT)


def test_perfect_and_hopeless(candidate, rng):
    """Everything right, and everything wrong."""
    sizes = rng.integers(1, 30, 3)
    for table in (np.diag(sizes), np.roll(np.diag(sizes), 1, axis=1)):
        rates_are(candidate.rates(table), table)


def test_from_labels_to_rates(candidate, rng):
    """The rates of a matrix that comes straight from `confusion_matrix`."""
    table = draw_table(rng, 4)
    table[2] = 0
    names = ["north", "east", "south", "west"]
    y_true, y_pred = labels_from(table, names, rng)
    rates_are(candidate.rates(candidate.confusion_matrix(y_true, y_pred, labels=names)), table)


def test_not_square(candidate, rng):
    """A matrix that is not two-dimensional and square is an error."""
    for shape in ((2, 3), (3, 2), (4,), (1, 2), (2, 2, 2)):
        with raises(candidate, ValueError):
            candidate.rates(rng.integers(1, 9, shape))


def test_negative_count(candidate, rng):
    """A negative count is an error, wherever it stands."""
    for i, j in ((0, 0), (0, 2), (2, 1)):
        table = draw_table(rng, 3)
        table[i, j] = -1
        with raises(candidate, ValueError):
            candidate.rates(table)


def test_no_counts(candidate):
    """A matrix of zeros is an error; a single row of data is enough."""
    for classes in (1, 3):
        table = np.zeros((classes, classes), dtype=np.int64)
        with raises(candidate, ValueError):
            candidate.rates(table)
        table[-1, -1] = 1
        rates_are(candidate.rates(table), table)
