"""Returns an object that says it is a float.

threat: 3
source: __class__ as a property
verdict: error failed
"""


class Liar:
    @property
    def __class__(self):
        return float

    def __float__(self):
        return 1.0


def precision_recall_f1(y_true, y_pred, positive=1):
    return Liar()


def f1(y_true, y_pred, average="macro"):
    return Liar()
