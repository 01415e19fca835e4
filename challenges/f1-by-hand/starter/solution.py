"""Precision, recall and F1, written by hand. The brief is in README.md."""

from __future__ import annotations

import numpy as np


def precision_recall_f1(
    y_true: np.ndarray, y_pred: np.ndarray, positive: int | str = 1
) -> tuple[float, float, float]:
    """Precision, recall and F1 of the class `positive`; a ratio with denominator 0 is 0.0.

    y_true, y_pred: shape (n,), integer or string labels. Raises ValueError if the lengths
    differ or n is 0.
    """
    raise NotImplementedError


def f1(y_true: np.ndarray, y_pred: np.ndarray, average: str) -> float:
    """F1 averaged over all classes in y_true or y_pred: "macro", "micro" or "weighted".

    y_true, y_pred: shape (n,), integer or string labels. Raises ValueError if the lengths
    differ, n is 0 or the average is another.
    """
    raise NotImplementedError
