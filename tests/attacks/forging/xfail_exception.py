"""Raises what looks like an expected failure.

threat: 7
source: pytest treats XFailed as no failure
verdict: error failed
"""

XFailed = type("XFailed", (Exception,), {"__module__": "_pytest.outcomes"})


def attack():
    raise XFailed("expected")
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
