"""Average precision and recall at a precision, F1 of names: all with ties taken together."""

from __future__ import annotations

import numpy as np


def precision_recall(truth, scores):
    """Precision and recall at each threshold that occurs, from the highest."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    last = np.append(np.diff(scores[order]) != 0, True)  # of each group of equal scores
    flagged = np.arange(1, len(scores) + 1)
    return hits[last] / flagged[last], hits[last] / hits[-1]


def average_precision(truth, scores):
    """The sum over thresholds of precision times what recall gains there."""
    precision, recall = precision_recall(truth, scores)
    return float(np.sum(precision * np.diff(recall, prepend=0.0)))


def recall_at(truth, scores, least):
    """The largest recall of any threshold whose precision is `least` or more; 0 if none has it."""
    precision, recall = precision_recall(truth, scores)
    return float(np.max(recall[precision >= least], initial=0.0))


def f1_of_names(named, expected):
    """F1 of a list of names against the right ones."""
    hits = len(set(named) & set(expected))
    return 2 * hits / (len(named) + len(expected))
