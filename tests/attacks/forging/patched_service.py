"""Replaces the method that performs calls.

threat: 5
source: knows the worker's own modules
verdict: failed error
"""

import sys

sys.modules["worker.service"].Service._perform = lambda self, message, buffers: (1.0, 1.0, 1.0)


def precision_recall_f1(y_true, y_pred, positive=1):
    return 0.5, 0.5, 0.5


def f1(y_true, y_pred, average="macro"):
    return 0.5
