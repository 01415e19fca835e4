"""Ends with exit code 0 in a call.

threat: 2
source: known
verdict: error
"""

import sys


def attack():
    sys.exit(0)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
