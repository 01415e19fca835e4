"""One pass over the rows in plain Python, a tally per class, the definitions as they are spoken."""

from collections import Counter


def tally(y_true, y_pred):
    true, pred = list(y_true), list(y_pred)
    if len(true) != len(pred) or not true:
        raise ValueError("need two sequences of the same length with at least one row")
    hits, predicted, support = Counter(), Counter(), Counter()
    for t, p in zip(true, pred, strict=True):
        support[t] += 1
        predicted[p] += 1
        if t == p:
            hits[t] += 1
    return hits, predicted, support


def three(hit, predicted, support):
    precision = hit / predicted if predicted > 0 else 0.0
    recall = hit / support if support > 0 else 0.0
    if precision + recall == 0:
        return precision, recall, 0.0
    return precision, recall, 2 * precision * recall / (precision + recall)


def precision_recall_f1(y_true, y_pred, positive=1):
    hits, predicted, support = tally(y_true, y_pred)
    return three(hits[positive], predicted[positive], support[positive])


def f1(y_true, y_pred, average):
    hits, predicted, support = tally(y_true, y_pred)
    if average == "micro":
        return three(sum(hits.values()), sum(predicted.values()), sum(support.values()))[2]
    if average not in ("macro", "weighted"):
        raise ValueError("unknown average " + repr(average))
    total = weight = 0.0
    for label in set(support) | set(predicted):
        share = support[label] if average == "weighted" else 1
        total += share * three(hits[label], predicted[label], support[label])[2]
        weight += share
    return total / weight
