"""The ten checks of benchmarks/bare/test_ten.py, asked of a sandbox."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import averaged, one_class

from grader.checks import close, raises

TIGHT = 1e-9


def test_two_classes(candidate, rng):
    """Two classes, five times."""
    for _ in range(5):
        y_true, y_pred = rng.integers(0, 2, (2, 200))
        close(candidate.precision_recall_f1(y_true, y_pred), one_class(y_true, y_pred, 1), rtol=TIGHT)


def test_any_class_can_be_positive(candidate, rng):
    """Each of four classes as the positive one."""
    y_true, y_pred = rng.integers(0, 4, (2, 200))
    for label in range(4):
        answer = candidate.precision_recall_f1(y_true, y_pred, positive=label)
        close(answer, one_class(y_true, y_pred, label), rtol=TIGHT)


def test_text_labels(candidate, rng):
    """Labels may be strings."""
    y_true, y_pred = rng.choice(["ham", "spam", "unsure"], (2, 200))
    answer = candidate.precision_recall_f1(y_true, y_pred, positive="spam")
    close(answer, one_class(y_true, y_pred, "spam"), rtol=TIGHT)


def test_swapping_truth_and_prediction(candidate, rng):
    """With truth and prediction swapped, precision and recall swap."""
    y_true, y_pred = rng.integers(0, 2, (2, 200))
    precision, recall, score = one_class(y_true, y_pred, 1)
    close(candidate.precision_recall_f1(y_pred, y_true), (recall, precision, score), rtol=TIGHT)


def test_nothing_predicted_positive(candidate, rng):
    """Nothing predicted positive: zeros, no error."""
    y_true, y_pred = rng.integers(0, 2, 50), np.zeros(50, dtype=np.int64)
    close(candidate.precision_recall_f1(y_true, y_pred), one_class(y_true, y_pred, 1))


@pytest.mark.parametrize("average", ["macro", "micro", "weighted"])
def test_average(candidate, rng, average):
    """The average of six classes, three times."""
    for _ in range(3):
        y_true, y_pred = rng.integers(0, 6, (2, 500))
        close(candidate.f1(y_true, y_pred, average), averaged(y_true, y_pred, average), rtol=TIGHT)


def test_class_that_is_only_predicted(candidate, rng):
    """A class that is predicted but never true."""
    y_true, y_pred = rng.integers(0, 3, 200), rng.integers(0, 4, 200)
    close(candidate.f1(y_true, y_pred, "macro"), averaged(y_true, y_pred, "macro"), rtol=TIGHT)


def test_unequal_lengths(candidate, rng):
    """Arrays of different length are an error."""
    y_true, y_pred = rng.integers(0, 2, 5), rng.integers(0, 2, 4)
    with raises(candidate, ValueError):
        candidate.precision_recall_f1(y_true, y_pred)
