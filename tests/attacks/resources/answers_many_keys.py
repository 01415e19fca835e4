"""Answers a dictionary of a hundred thousand keys.

threat: 19
source: the limits of the wire
verdict: any
"""


def precision_recall_f1(y_true, y_pred, positive=1):
    return {str(number): number for number in range(100_000)}


def f1(y_true, y_pred, average="macro"):
    return {str(number): number for number in range(100_000)}
