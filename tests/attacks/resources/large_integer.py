"""Computes an integer that takes for ever, in one C call.

threat: 18
source: known
verdict: timeout memory error
"""


def attack():
    len(str(7 ** (7**12)))
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
