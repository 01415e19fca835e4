"""Answers keys that collide in a hash table.

threat: 19
source: the limits of the wire
verdict: any
"""


def precision_recall_f1(y_true, y_pred, positive=1):
    return {number << 61: 0 for number in range(20_000)}


def f1(y_true, y_pred, average="macro"):
    return {number << 61: 0 for number in range(20_000)}
