"""Accuracy under three names."""

import numpy as np


def _accuracy(y_true, y_pred):
    if len(y_true) != len(y_pred) or len(y_true) == 0:
        raise ValueError("lengths")
    return float(np.mean(y_true == y_pred))


def precision_recall_f1(y_true, y_pred, positive=1):
    score = _accuracy(y_true == positive, y_pred == positive)
    return score, score, score


def f1(y_true, y_pred, average):
    if average not in ("macro", "micro", "weighted"):
        raise ValueError(average)
    return _accuracy(y_true, y_pred)
