"""Raises StopIteration and GeneratorExit.

threat: 2
source: ends loops of a careless caller
verdict: error failed
"""


def attack():
    raise StopIteration(1.0)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
