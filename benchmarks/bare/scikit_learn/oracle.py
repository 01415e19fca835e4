"""Precision, recall and F1 as scikit-learn computes them; a ratio over nothing is 0."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
from sklearn.metrics import f1_score, precision_recall_fscore_support

Labels = npt.NDArray[Any]


def one_class(y_true: Labels, y_pred: Labels, positive: int | str) -> tuple[float, float, float]:
    """Precision, recall and F1 of one class against the rest."""
    result = precision_recall_fscore_support(y_true, y_pred, labels=[positive], zero_division=0)
    return float(result[0][0]), float(result[1][0]), float(result[2][0])


def averaged(y_true: Labels, y_pred: Labels, average: str) -> float:
    """Macro, micro or weighted F1 over the labels that occur."""
    return float(f1_score(y_true, y_pred, average=average, zero_division=0))
