"""Answers infinity to everything.

threat: 6
source: weak comparisons
verdict: any
"""


def precision_recall_f1(y_true, y_pred, positive=1):
    return (float("inf"),) * 3


def f1(y_true, y_pred, average="macro"):
    return (float("inf"),) * 3
