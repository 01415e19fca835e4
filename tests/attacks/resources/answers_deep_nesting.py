"""Answers a list nested 100,000 deep.

threat: 19
source: the limits of the wire
verdict: any
"""

DEEP = []
for _ in range(100_000):
    DEEP = [DEEP]


def precision_recall_f1(y_true, y_pred, positive=1):
    return DEEP


def f1(y_true, y_pred, average="macro"):
    return DEEP
