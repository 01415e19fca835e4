"""Makes a file that says it has a petabyte.

threat: 18
source: ftruncate(2)
verdict: any
"""

import os


def attack():
    with open("/tmp/sparse", "wb") as file:
        os.truncate(file.fileno(), 1 << 50)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
