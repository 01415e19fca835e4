"""Answers text with unpaired surrogates.

threat: 19
source: the limits of the wire
verdict: any
"""


def precision_recall_f1(y_true, y_pred, positive=1):
    return "\ud800" * 1000


def f1(y_true, y_pred, average="macro"):
    return "\ud800" * 1000
