"""Returns a float with tampered operators.

threat: 3
source: known against isinstance and ==
verdict: failed error
"""


class Right(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __repr__(self):
        return "1.0"

    __hash__ = float.__hash__


def precision_recall_f1(y_true, y_pred, positive=1):
    return Right(0.5)


def f1(y_true, y_pred, average="macro"):
    return Right(0.5)
