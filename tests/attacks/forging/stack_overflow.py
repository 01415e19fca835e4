"""Overflows the C stack.

threat: 2
source: deep recursion with the limit raised
verdict: crashed error memory timeout protocol
"""

import sys

sys.setrecursionlimit(10**9)


def down(n):
    return down(n + 1) + down(n + 1)


def attack():
    down(0)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
