"""Sleeps and ignores every signal that can be ignored.

threat: 18
source: known
verdict: timeout
"""

import signal
import time


def attack():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        time.sleep(1000)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
