"""Plain loops, and ten shuffled folds."""

import numpy as np
from numpy.polynomial import Polynomial

FOLDS = 10


def decompose(predictions, truth):
    rounds, points = predictions.shape
    if rounds < 1 or truth.ndim != 1 or len(truth) != points:
        raise ValueError("need a round at least, and one true value per point")
    bias2, variance, error = [], [], []
    for column, target in zip(predictions.T, truth, strict=True):
        middle = sum(column) / rounds
        bias2.append((middle - target) ** 2)
        variance.append(sum((value - middle) ** 2 for value in column) / rounds)
        error.append(sum((value - target) ** 2 for value in column) / rounds)
    return np.array(bias2), np.array(variance), np.array(error)


def pick_degree(x, y, degrees, seed):
    if len(x) != len(y) or len(degrees) == 0:
        raise ValueError("x and y must have one length, and there must be a degree")
    order = np.random.default_rng(seed).permutation(len(x))
    totals = dict.fromkeys(degrees, 0.0)
    for fold in range(FOLDS):
        test = order[fold::FOLDS]
        train = np.setdiff1d(order, test)
        for degree in degrees:
            curve = Polynomial.fit(x[train], y[train], degree)
            totals[degree] += float(np.sum((curve(x[test]) - y[test]) ** 2))
    return min(totals, key=totals.get)
