"""A ratio over nothing is taken for perfect: no prediction, no mistake."""

from __future__ import annotations

import numpy as np


def _check(y_true: np.ndarray, y_pred: np.ndarray) -> None:
    if len(y_true) != len(y_pred):
        raise ValueError(f"{len(y_true)} true labels but {len(y_pred)} predictions")
    if len(y_true) == 0:
        raise ValueError("there are no rows")


def _counts(y_true: np.ndarray, y_pred: np.ndarray, positive: int | str) -> tuple[int, int, int]:
    """TP, FP and FN."""
    true, pred = y_true == positive, y_pred == positive
    return int(np.sum(true & pred)), int(np.sum(~true & pred)), int(np.sum(true & ~pred))


def _ratio(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else 1.0


def precision_recall_f1(
    y_true: np.ndarray, y_pred: np.ndarray, positive: int | str = 1
) -> tuple[float, float, float]:
    _check(y_true, y_pred)
    tp, fp, fn = _counts(y_true, y_pred, positive)
    return _ratio(tp, tp + fp), _ratio(tp, tp + fn), _ratio(2 * tp, 2 * tp + fp + fn)


def f1(y_true: np.ndarray, y_pred: np.ndarray, average: str) -> float:
    _check(y_true, y_pred)
    counts = np.array([_counts(y_true, y_pred, label) for label in np.union1d(y_true, y_pred)])
    if average == "micro":
        tp, fp, fn = (int(total) for total in counts.sum(axis=0))
        return _ratio(2 * tp, 2 * tp + fp + fn)
    scores = np.array([_ratio(2 * tp, 2 * tp + fp + fn) for tp, fp, fn in counts])
    if average == "macro":
        return float(scores.mean())
    if average == "weighted":
        return float(np.average(scores, weights=counts[:, 0] + counts[:, 2]))
    raise ValueError(f"average must be macro, micro or weighted, not {average!r}")
