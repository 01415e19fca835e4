"""Puts a module called numpy beside the submission.

threat: 1
source: shadowing by the script folder
verdict: failed
"""

import pathlib

pathlib.Path("numpy.py").write_text("def array(*a, **k): return 1.0\n")
pathlib.Path("json.py").write_text("def dumps(*a, **k): return '{}'\n")


def precision_recall_f1(y_true, y_pred, positive=1):
    return 0.5, 0.5, 0.5


def f1(y_true, y_pred, average="macro"):
    return 0.5
