"""Answers an integer of a million digits.

threat: 19
source: the limits of the wire
verdict: any
"""


def precision_recall_f1(y_true, y_pred, positive=1):
    return 1 << 3_400_000


def f1(y_true, y_pred, average="macro"):
    return 1 << 3_400_000
