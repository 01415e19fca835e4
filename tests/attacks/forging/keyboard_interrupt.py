"""Raises KeyboardInterrupt in a call.

threat: 2
source: stops runners that catch Exception only
verdict: error failed
"""


def attack():
    raise KeyboardInterrupt
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
