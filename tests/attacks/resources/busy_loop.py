"""Computes for ever.

threat: 18
source: known
verdict: timeout
"""


def attack():
    while True:
        pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
