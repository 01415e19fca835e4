"""Answers an array as large as its memory.

threat: 19
source: the limits of the wire
verdict: any
"""

import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    return np.zeros((1 << 17, 128))


def f1(y_true, y_pred, average="macro"):
    return np.zeros((1 << 17, 128))
