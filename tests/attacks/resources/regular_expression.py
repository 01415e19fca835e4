"""Matches a regular expression that takes for ever.

threat: 18
source: known
verdict: timeout
"""

import re


def attack():
    re.match(r"(a+)+$", "a" * 60 + "b")
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
