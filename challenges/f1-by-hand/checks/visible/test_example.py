"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import close, raises

Y_TRUE = np.array([1, 1, 1, 1, 0, 0, 0, 2])
Y_PRED = np.array([1, 1, 0, 2, 0, 0, 1, 0])


def test_one_class(candidate):
    """Precision, recall and F1 of class 1 in the example."""
    close(candidate.precision_recall_f1(Y_TRUE, Y_PRED), (2 / 3, 1 / 2, 4 / 7), rtol=1e-9)


def test_another_positive_class(candidate):
    """Precision, recall and F1 of class 0 in the example."""
    close(candidate.precision_recall_f1(Y_TRUE, Y_PRED, positive=0), (1 / 2, 2 / 3, 4 / 7), rtol=1e-9)


@pytest.mark.parametrize(("average", "expected"), [("macro", 8 / 21), ("micro", 0.5), ("weighted", 0.5)])
def test_averages(candidate, average, expected):
    """The three averages of the example."""
    close(candidate.f1(Y_TRUE, Y_PRED, average), expected, rtol=1e-9)


def test_unknown_average(candidate):
    """An unknown average is an error."""
    with raises(candidate, ValueError):
        candidate.f1(Y_TRUE, Y_PRED, "median")
