"""No zero-division rule: numpy divides 0 by 0 and the answer is NaN."""

import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    if len(y_true) != len(y_pred) or len(y_true) == 0:
        raise ValueError("lengths")
    true, pred = y_true == positive, y_pred == positive
    with np.errstate(all="ignore"):
        precision = np.sum(true & pred) / np.sum(pred)
        recall = np.sum(true & pred) / np.sum(true)
        return precision, recall, 2 * precision * recall / (precision + recall)


def f1(y_true, y_pred, average):
    if average not in ("macro", "micro", "weighted"):
        raise ValueError(average)
    labels = np.union1d(y_true, y_pred)
    scores = np.array([precision_recall_f1(y_true, y_pred, label)[2] for label in labels])
    if average == "micro":
        return float(np.mean(y_true == y_pred))
    if average == "macro":
        return float(np.mean(scores))
    return float(np.average(scores, weights=[np.sum(y_true == label) for label in labels]))
