"""`f1`: the three averages, which classes count, identities, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import averaged, draw_table, labels_from

from grader.checks import close, raises

TIGHT = 1e-9
AVERAGES = ["macro", "micro", "weighted"]


@pytest.mark.points(2)
@pytest.mark.hint("Macro averages the classes' F1 scores, not their precisions and recalls.")
@pytest.mark.parametrize("average", AVERAGES)
def test_average(candidate, rng, average):
    """Several classes, integer labels with gaps."""
    for classes in (2, 3, 6):
        names = [int(name) for name in rng.choice(np.arange(-90, 90), classes, replace=False)]
        table = draw_table(rng, classes)
        y_true, y_pred = labels_from(table, names, rng)
        close(candidate.f1(y_true, y_pred, average), averaged(table, average), rtol=TIGHT)


@pytest.mark.parametrize("average", AVERAGES)
def test_average_of_text_labels(candidate, rng, average):
    """Several classes, string labels."""
    table = draw_table(rng, 3)
    y_true, y_pred = labels_from(table, ["cat", "dog", "a rather long name"], rng)
    close(candidate.f1(y_true, y_pred, average), averaged(table, average), rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("The classes are the labels in y_true or in y_pred.")
@pytest.mark.parametrize("average", AVERAGES)
def test_class_that_is_only_predicted(candidate, rng, average):
    """A class that is predicted but never true."""
    table = draw_table(rng, 3)
    table[1] = [0, 0, 0]
    y_true, y_pred = labels_from(table, [3, 7, 8], rng)
    close(candidate.f1(y_true, y_pred, average), averaged(table, average), rtol=TIGHT)


@pytest.mark.parametrize("average", AVERAGES)
def test_class_that_is_never_predicted(candidate, rng, average):
    """A class that is true but never predicted."""
    table = [[*row[:2], 0] for row in draw_table(rng, 3)]
    y_true, y_pred = labels_from(table, [3, 7, 8], rng)
    close(candidate.f1(y_true, y_pred, average), averaged(table, average), rtol=TIGHT)


@pytest.mark.hint("With one label per row, each error is a false positive and a false negative.")
def test_micro_is_accuracy(candidate, rng):
    """Micro F1 is the share of rows that are right."""
    y_true, y_pred = rng.integers(0, 5, (2, 200))
    close(candidate.f1(y_true, y_pred, "micro"), float(np.mean(y_true == y_pred)), rtol=TIGHT)


def test_weighted_is_macro_on_balanced_truth(candidate, rng):
    """With equally common classes, weighted and macro agree."""
    size = int(rng.integers(10, 30))
    hits = rng.integers(1, size, 3)
    table = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    for k in range(3):
        table[k][k], table[k][(k + 1) % 3] = int(hits[k]), int(size - hits[k])
    y_true, y_pred = labels_from(table, [0, 1, 2], rng)
    for average in ("macro", "weighted"):
        close(candidate.f1(y_true, y_pred, average), averaged(table, "macro"), rtol=TIGHT)


@pytest.mark.parametrize("average", AVERAGES)
def test_names_and_order_do_not_matter(candidate, rng, average):
    """Renaming the classes and shuffling the rows changes nothing."""
    table = draw_table(rng, 3)
    for names in ([0, 1, 2], [2, 0, 1], [500, -7, 30]):
        y_true, y_pred = labels_from(table, names, rng)
        close(candidate.f1(y_true, y_pred, average), averaged(table, average), rtol=TIGHT)


@pytest.mark.parametrize("average", AVERAGES)
def test_perfect_and_hopeless(candidate, rng, average):
    """All right is 1.0, all wrong is 0.0; one class is enough."""
    y_true = rng.integers(0, 4, 30)
    close(candidate.f1(y_true, y_true, average), 1.0, rtol=TIGHT)
    close(candidate.f1(y_true, y_true + 1, average), 0.0)
    close(candidate.f1(np.full(3, 9), np.full(3, 9), average), 1.0, rtol=TIGHT)


@pytest.mark.parametrize(("rows", "predictions"), [(5, 4), (1, 6), (0, 0)])
def test_unequal_or_empty_arrays(candidate, rng, rows, predictions):
    """Arrays of different length, or without a row, are an error."""
    y_true, y_pred = rng.integers(0, 2, rows), rng.integers(0, 2, predictions)
    for average in AVERAGES:
        with raises(candidate, ValueError):
            candidate.f1(y_true, y_pred, average)


@pytest.mark.parametrize("average", ["binary", "Macro", ""])
def test_unknown_average(candidate, rng, average):
    """Any other average is an error."""
    y_true, y_pred = rng.integers(0, 3, (2, 20))
    with raises(candidate, ValueError):
        candidate.f1(y_true, y_pred, average)
