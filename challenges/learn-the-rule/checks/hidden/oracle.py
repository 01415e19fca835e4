"""What can be learned in a world, from its true word frequencies, and how much of it was."""

from __future__ import annotations

import numpy as np
from worlds import Floats, Ints, World


def spam_probability(world: World, X: Ints) -> Floats:
    """The chance that each message is spam, by Bayes' rule, word after word, from the true frequencies."""
    ham = np.full(len(X), 1.0 - world.spam_share)
    spam = np.full(len(X), world.spam_share)
    for word in range(X.shape[1]):
        ham = ham * world.frequencies[0, word] ** X[:, word]
        spam = spam * world.frequencies[1, word] ** X[:, word]
        ham, spam = ham / (ham + spam), spam / (ham + spam)
    return np.asarray(spam)


def share_learned(predicted: Ints, world: World, X: Ints) -> float:
    """0 for always naming the more frequent class, 1 for the best rule, linear in accuracy.

    Accuracies are expected ones given the messages, so the luck of the labels plays no part.
    """
    spam = spam_probability(world, X)
    accuracy = float(np.where(predicted == 1, spam, 1.0 - spam).mean())
    best = float(np.maximum(spam, 1.0 - spam).mean())
    plain = max(float(spam.mean()), 1.0 - float(spam.mean()))
    return (accuracy - plain) / (best - plain)
