"""Replaces the encoder of answers by one that always says 1.0.

threat: 5
source: knows the worker's own modules
verdict: failed error protocol crashed
"""

import sys

for name, module in list(sys.modules.items()):
    if name.startswith("worker.wire") and hasattr(module, "Encoder"):
        module.Encoder.encode = lambda self, value: 1.0


def precision_recall_f1(y_true, y_pred, positive=1):
    return 0.5, 0.5, 0.5


def f1(y_true, y_pred, average="macro"):
    return 0.5
