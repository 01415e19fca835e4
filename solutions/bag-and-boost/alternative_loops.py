"""Standard library randomness, log weights for boosting, and sums per label for the vote."""

import math
import random

import numpy as np


def check(y, rounds):
    if rounds < 1:
        raise ValueError("rounds")
    if not set(y.tolist()) <= {-1, 1}:
        raise ValueError("labels")


def bag(fit, X, y, rounds, seed):
    check(y, rounds)
    source = random.Random(seed)
    n = len(y)
    return [
        fit(X[rows], y[rows], np.array([1 / n] * n))
        for rows in ([source.randrange(n) for _ in range(n)] for _ in range(rounds))
    ]


def adaboost(fit, predict, X, y, rounds):
    check(y, rounds)
    margins = [0.0] * len(y)  # y times the sum of alpha times the prediction, so far
    models, alphas = [], []
    while len(models) < rounds:
        losses = [math.exp(-margin) for margin in margins]
        weights = [loss / math.fsum(losses) for loss in losses]
        model = fit(X, y, np.array(weights))
        right = (predict(model, X) == y).tolist()
        error = math.fsum(weight for weight, fine in zip(weights, right, strict=True) if not fine)
        if all(right):
            return [model], np.array([1.0])
        if error >= 0.5:
            break
        alpha = math.log((1 - error) / error) / 2
        models.append(model)
        alphas.append(alpha)
        margins = [m + alpha if fine else m - alpha for m, fine in zip(margins, right, strict=True)]
    return models, np.array(alphas, dtype=float)


def vote(predict, models, weights, X):
    sums = {-1: np.zeros(len(X)), 1: np.zeros(len(X))}
    for model, weight in zip(models, weights.tolist(), strict=True):
        labels = predict(model, X)
        for label, total in sums.items():
            total[labels == label] += weight
    return np.where(sums[-1] > sums[1], -1, 1)
