"""Looks for expected values in the frames of its callers.

threat: 10
source: sys._getframe
verdict: failed error
"""

import sys


def attack():
    frame = sys._getframe()
    while frame:
        for name, value in frame.f_locals.items():
            if "expected" in name or "truth" in name:
                return value
        frame = frame.f_back
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
