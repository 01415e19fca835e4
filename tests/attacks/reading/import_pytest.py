"""Imports pytest and looks at what it has collected.

threat: 10
source: the runner in the same interpreter
verdict: any
"""


def attack():
    import pytest

    return pytest.__version__
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
