"""A constant answer: one model, and always 1."""

import numpy as np


def bag(fit, X, y, rounds, seed):
    return [fit(X, y, np.full(len(y), 1 / len(y)))]


def adaboost(fit, predict, X, y, rounds):
    return [fit(X, y, np.full(len(y), 1 / len(y)))], np.ones(1)


def vote(predict, models, weights, X):
    return np.ones(len(X), dtype=int)
