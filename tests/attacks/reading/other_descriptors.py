"""Reads and writes every descriptor that it has.

threat: 10
source: inherited descriptors
verdict: any
"""

import os


def attack():
    for fd in range(3, 64):
        try:
            os.set_blocking(fd, False)
            os.read(fd, 65536)
            os.write(fd, b"x" * 100)
        except OSError:
            pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
