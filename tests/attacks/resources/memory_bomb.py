"""Fills memory with a list.

threat: 18
source: known
verdict: memory error timeout

A busy machine may reach the deadline before the limit.
"""


def attack():
    kept = []
    while True:
        kept.append(bytearray(1 << 20))
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
