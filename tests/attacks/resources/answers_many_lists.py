"""Answers a million empty lists.

threat: 19
source: the limits of the wire
verdict: any
"""


def precision_recall_f1(y_true, y_pred, positive=1):
    return [[] for _ in range(10**6)]


def f1(y_true, y_pred, average="macro"):
    return [[] for _ in range(10**6)]
