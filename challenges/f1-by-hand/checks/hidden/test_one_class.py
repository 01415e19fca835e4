"""`precision_recall_f1`: known counts, the zero-division rule, identities, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_table, labels_from, one_class

from grader.checks import close, raises

TIGHT = 1e-9


@pytest.mark.points(2)
@pytest.mark.hint("Precision divides by what was predicted positive, recall by what is positive.")
def test_known_counts(candidate, rng):
    """Two classes with known counts."""
    for _ in range(5):
        table = draw_table(rng, 2)
        y_true, y_pred = labels_from(table, [0, 1], rng)
        close(candidate.precision_recall_f1(y_true, y_pred), one_class(table, 1), rtol=TIGHT)


@pytest.mark.hint("F1 is a harmonic mean: it stays close to the smaller of the two.")
def test_lopsided_precision_and_recall(candidate, rng):
    """High recall with low precision, and the reverse."""
    few, many = (int(n) for n in (rng.integers(2, 5), rng.integers(150, 250)))
    for table in ([[5, many], [0, few]], [[many, 0], [many, few]]):
        y_true, y_pred = labels_from(table, [0, 1], rng)
        close(candidate.precision_recall_f1(y_true, y_pred), one_class(table, 1), rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("Is `positive` used for the truth and for the predictions?")
def test_any_class_can_be_positive(candidate, rng):
    """Each of four classes as the positive one, everything else negative."""
    names = sorted(int(name) for name in rng.choice(np.arange(-40, 40), 4, replace=False))
    table = draw_table(rng, 4)
    y_true, y_pred = labels_from(table, names, rng)
    for k, name in enumerate(names):
        answer = candidate.precision_recall_f1(y_true, y_pred, positive=name)
        close(answer, one_class(table, k), rtol=TIGHT)


def test_text_labels(candidate, rng):
    """Labels may be strings."""
    table = draw_table(rng, 3)
    y_true, y_pred = labels_from(table, ["ham", "spam", "unsure"], rng)
    answer = candidate.precision_recall_f1(y_true, y_pred, positive="spam")
    close(answer, one_class(table, 1), rtol=TIGHT)


@pytest.mark.hint("Swap truth and prediction on paper: which two numbers change places?")
def test_swapping_truth_and_prediction(candidate, rng):
    """With truth and prediction swapped, precision and recall swap and F1 stays."""
    table = draw_table(rng, 2)
    y_true, y_pred = labels_from(table, [0, 1], rng)
    precision, recall, score = one_class(table, 1)
    close(candidate.precision_recall_f1(y_true, y_pred), (precision, recall, score), rtol=TIGHT)
    close(candidate.precision_recall_f1(y_pred, y_true), (recall, precision, score), rtol=TIGHT)


def test_true_negatives_do_not_matter(candidate, rng):
    """Rows that are rightly called negative change nothing."""
    table = draw_table(rng, 2)
    for negatives in (0, 1, 500):
        table[0][0] = negatives
        y_true, y_pred = labels_from(table, [0, 1], rng)
        close(candidate.precision_recall_f1(y_true, y_pred), one_class(table, 1), rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("A ratio whose denominator is 0 is 0.0, not NaN, not 1 and not an error.")
@pytest.mark.parametrize("case", ["none predicted", "none true", "neither", "no hit"])
def test_zero_division(candidate, rng, case):
    """Nothing predicted positive, nothing positive, or no hit at all."""
    a, b = (int(n) for n in rng.integers(3, 20, 2))
    table = {
        "none predicted": [[a, 0], [b, 0]],
        "none true": [[a, b], [0, 0]],
        "neither": [[a, 0], [0, 0]],
        "no hit": [[a, b], [a, 0]],
    }[case]
    y_true, y_pred = labels_from(table, [0, 1], rng)
    close(candidate.precision_recall_f1(y_true, y_pred), (0.0, 0.0, 0.0))


def test_perfect_predictions(candidate, rng):
    """Perfect predictions score 1.0 three times."""
    y_true = rng.permutation(np.repeat([0, 1, 2], rng.integers(1, 20, 3)))
    for positive in (0, 1, 2):
        answer = candidate.precision_recall_f1(y_true, y_true, positive=positive)
        close(answer, (1.0, 1.0, 1.0), rtol=TIGHT)


def test_one_row(candidate):
    """A single row is enough."""
    close(candidate.precision_recall_f1(np.array([1]), np.array([1])), (1.0, 1.0, 1.0), rtol=TIGHT)
    close(candidate.precision_recall_f1(np.array([1]), np.array([0])), (0.0, 0.0, 0.0))


@pytest.mark.hint("A length of 1 broadcasts silently; compare the lengths yourself.")
@pytest.mark.parametrize(("rows", "predictions"), [(5, 4), (1, 6), (6, 1), (0, 0), (3, 0)])
def test_unequal_or_empty_arrays(candidate, rng, rows, predictions):
    """Arrays of different length, or without a row, are an error."""
    y_true, y_pred = rng.integers(0, 2, rows), rng.integers(0, 2, predictions)
    with raises(candidate, ValueError):
        candidate.precision_recall_f1(y_true, y_pred)
