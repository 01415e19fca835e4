"""Labels drawn to a known table, and rates counted cell by cell with exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np


def draw_table(rng, classes):
    """Counts, all at least 1: a busy diagonal, far from symmetric, row sums all different."""
    off_diagonal = rng.integers(1, 5, (classes, classes)) + 5 * np.triu(np.ones((classes, classes), int))
    return off_diagonal * np.arange(1, classes + 1) ** 2 + np.diag(rng.integers(20, 40, classes))


def labels_from(table, names, rng):
    """Shuffled `y_true` and `y_pred` in which the pair (names[i], names[j]) occurs table[i, j] times."""
    cells = rng.permutation(np.repeat(np.arange(table.size), table.ravel()))
    true, pred = np.divmod(cells, len(names))
    return np.array([names[i] for i in true]), np.array([names[j] for j in pred])


def expected_rates(table):
    """What `rates` must return."""
    cells = [(i, j, int(count)) for (i, j), count in np.ndenumerate(table)]
    classes = range(len(table))
    tpr = [_share(cells, lambda i, j, c=c: j == c, lambda i, j, c=c: i == c) for c in classes]
    fpr = [_share(cells, lambda i, j, c=c: j == c, lambda i, j, c=c: i != c) for c in classes]
    specificity = [_share(cells, lambda i, j, c=c: j != c, lambda i, j, c=c: i != c) for c in classes]
    known = [rate for rate in tpr if rate is not None]
    return {
        "tpr": _floats(tpr),
        "fpr": _floats(fpr),
        "specificity": _floats(specificity),
        "balanced_accuracy": float(sum(known, Fraction(0)) / len(known)),
    }


def _share(cells, part, whole):
    """Among the rows of data in cells of the whole, the share in cells of the part; None of nothing."""
    total = sum(count for i, j, count in cells if whole(i, j))
    return Fraction(sum(n for i, j, n in cells if whole(i, j) and part(i, j)), total) if total else None


def _floats(shares):
    return np.array([math.nan if share is None else float(share) for share in shares])
