"""A tally of pairs in plain Python, and the four counts of each class as they are defined."""

import math
from collections import Counter

import numpy as np


def confusion_matrix(y_true, y_pred, labels=None):
    true, pred = y_true.tolist(), y_pred.tolist()
    if len(true) != len(pred) or not true:
        raise ValueError("need two arrays of the same length with at least one row")
    if labels is None:
        labels = sorted({*true, *pred})
    if len(set(labels)) != len(labels):
        raise ValueError("labels must be distinct")
    if not {*true, *pred} <= set(labels):
        raise ValueError("a label of the data is not among labels")
    pairs = Counter(zip(true, pred, strict=True))
    return np.array([[pairs[t, p] for p in labels] for t in labels])


def ratio(part, whole):
    return part / whole if whole else math.nan


def rates(matrix):
    cells = matrix.tolist()
    if np.ndim(cells) != 2 or any(len(row) != len(cells) for row in cells):
        raise ValueError("the matrix must be square")
    if any(count < 0 for row in cells for count in row) or not any(map(any, cells)):
        raise ValueError("counts must be 0 or more, and one of them positive")
    tpr, fpr, specificity = [], [], []
    for c in range(len(cells)):
        tp = fp = fn = tn = 0
        for i, row in enumerate(cells):
            for j, count in enumerate(row):
                if i == c and j == c:
                    tp += count
                elif j == c:
                    fp += count
                elif i == c:
                    fn += count
                else:
                    tn += count
        tpr.append(ratio(tp, tp + fn))
        fpr.append(ratio(fp, fp + tn))
        specificity.append(ratio(tn, tn + fp))
    known = [rate for rate in tpr if not math.isnan(rate)]
    return {
        "tpr": np.array(tpr),
        "fpr": np.array(fpr),
        "specificity": np.array(specificity),
        "balanced_accuracy": sum(known) / len(known),
    }
