"""A forest whose leaves hold many rows; a counter of epochs without improvement."""

import math

from sklearn.ensemble import RandomForestClassifier


def train(X, y):
    return RandomForestClassifier(n_estimators=50, min_samples_leaf=0.05, random_state=1).fit(X, y)


def best_epoch(losses, patience, min_delta):
    if len(losses) == 0 or patience <= 0 or min_delta < 0.0:
        raise ValueError("no losses, no patience or a negative min_delta")
    best, waited, epoch = 0, 0, 0
    while waited < patience and epoch + 1 < len(losses):
        epoch += 1
        if not math.isnan(losses[epoch]) and losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
    return best, epoch
