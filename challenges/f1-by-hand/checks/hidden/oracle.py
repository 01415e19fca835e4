"""Labels drawn to known counts, and F1 computed from a confusion table with exact fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np


def labels_from(table, names, rng):
    """Shuffled `y_true` and `y_pred` in which the pair (names[i], names[j]) occurs table[i][j] times."""
    pairs = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    order = rng.permutation(len(pairs))
    true, pred = (np.array([names[pairs[k][side]] for k in order]) for side in (0, 1))
    return true, pred


def draw_table(rng, classes):
    """Counts of classes x classes: a busy diagonal, and truth and prediction distributed differently."""
    table = rng.integers(1, 12, (classes, classes)) + np.diag(rng.integers(5, 30, classes))
    return (table * np.arange(1, classes + 1)).tolist()


def scores(table, k):
    """Precision, recall, F1 and support of class k, exactly; a ratio over nothing is 0."""
    hits = table[k][k]
    support, predicted = sum(table[k]), sum(row[k] for row in table)
    return (
        Fraction(hits, predicted) if predicted else Fraction(0),
        Fraction(hits, support) if support else Fraction(0),
        Fraction(2 * hits, support + predicted) if support + predicted else Fraction(0),
        support,
    )


def one_class(table, k):
    """What `precision_recall_f1` must return for class k."""
    precision, recall, score, _ = scores(table, k)
    return float(precision), float(recall), float(score)


def averaged(table, average):
    """What `f1` must return if every class of the table occurs."""
    total = sum(map(sum, table))
    if average == "micro":  # each wrong row is one FP and one FN
        return float(Fraction(sum(table[k][k] for k in range(len(table))), total))
    rows = [scores(table, k) for k in range(len(table))]
    if average == "macro":
        return float(sum((score for _, _, score, _ in rows), Fraction(0)) / len(rows))
    return float(sum((score * support for _, _, score, support in rows), Fraction(0)) / total)
