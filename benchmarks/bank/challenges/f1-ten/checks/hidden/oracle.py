"""Precision, recall and F1 with numpy alone; a ratio over nothing is 0."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[Any]


def one_class(y_true: Labels, y_pred: Labels, positive: int | str) -> tuple[float, float, float]:
    """Precision, recall and F1 of one class against the rest."""
    tp, fp, fn = _counts(y_true, y_pred, positive)
    return _ratio(tp, tp + fp), _ratio(tp, tp + fn), _ratio(2 * tp, 2 * tp + fp + fn)


def averaged(y_true: Labels, y_pred: Labels, average: str) -> float:
    """Macro, micro or weighted F1 over the labels that occur."""
    counts = [_counts(y_true, y_pred, label) for label in np.union1d(y_true, y_pred)]
    if average == "micro":
        tp, fp, fn = (sum(column) for column in zip(*counts, strict=True))
        return _ratio(2 * tp, 2 * tp + fp + fn)
    scores = [_ratio(2 * tp, 2 * tp + fp + fn) for tp, fp, fn in counts]
    weights = [tp + fn if average == "weighted" else 1 for tp, _, fn in counts]
    return float(np.average(scores, weights=weights))


def _counts(y_true: Labels, y_pred: Labels, label: Any) -> tuple[int, int, int]:
    true, pred = y_true == label, y_pred == label
    return int((true & pred).sum()), int((~true & pred).sum()), int((true & ~pred).sum())


def _ratio(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else 0.0
