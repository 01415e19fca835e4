"""Answers a gigabyte.

threat: 19
source: the limits of the wire
verdict: any
"""


def precision_recall_f1(y_true, y_pred, positive=1):
    return bytes(1 << 30)


def f1(y_true, y_pred, average="macro"):
    return bytes(1 << 30)
