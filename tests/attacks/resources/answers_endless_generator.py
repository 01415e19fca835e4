"""Answers a generator without an end.

threat: 19
source: the limits of the wire
verdict: any
"""


def precision_recall_f1(y_true, y_pred, positive=1):
    return (number for number in iter(int, 1))


def f1(y_true, y_pred, average="macro"):
    return (number for number in iter(int, 1))
