"""One class without rows makes the balanced accuracy NaN."""

from __future__ import annotations

import numpy as np


def confusion_matrix(
    y_true: np.ndarray, y_pred: np.ndarray, labels: list[int] | list[str] | None = None
) -> np.ndarray:
    if len(y_true) == 0 or len(y_true) != len(y_pred):
        raise ValueError(f"{len(y_true)} true labels and {len(y_pred)} predictions")
    names = np.union1d(y_true, y_pred) if labels is None else np.asarray(labels)
    if len(np.unique(names)) < len(names):
        raise ValueError("a label is listed twice")
    return _one_hot(y_true, names).T @ _one_hot(y_pred, names)


def _one_hot(y: np.ndarray, names: np.ndarray) -> np.ndarray:
    """Integers of shape (n, k) with a single 1 in each row, at the position of its label."""
    hits = y[:, None] == names
    if not hits.any(axis=1).all():
        raise ValueError("a label of the data is not listed")
    return hits.astype(np.int64)


def rates(matrix: np.ndarray) -> dict[str, np.ndarray | float]:
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"a confusion matrix is square, not of shape {matrix.shape}")
    if (matrix < 0).any() or not matrix.any():
        raise ValueError("counts must not be negative, nor all zero")
    hits, rows, predicted = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    negatives = matrix.sum() - rows
    false_positives = predicted - hits
    with np.errstate(invalid="ignore"):  # 0 / 0 is the nan that is asked for
        tpr = hits / rows
        fpr = false_positives / negatives
        specificity = (negatives - false_positives) / negatives
    return {
        "tpr": tpr,
        "fpr": fpr,
        "specificity": specificity,
        "balanced_accuracy": float(np.mean(tpr)),
    }
