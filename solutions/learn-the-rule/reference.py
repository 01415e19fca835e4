"""Naive Bayes: each class scores a message by the logarithms of how frequent its words are in that class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Model:
    """Logarithms of frequencies; the difference of the two rows of `words` is what a word is worth."""

    classes: np.ndarray  # (2,): ham and spam, before a word is read
    words: np.ndarray  # (2, p): of each word, in ham and in spam


def fit(X: np.ndarray, y: np.ndarray) -> Model:
    """Count the words of each class. Every count starts at 1, so that a rare word cannot decide alone."""
    if len(X) != len(y) or len(y) == 0:
        raise ValueError(f"need as many labels as messages, and at least one: {len(X)} and {len(y)}")
    counts = np.stack([1 + X[y == label].sum(axis=0) for label in (0, 1)])
    with np.errstate(divide="ignore"):  # a class that is missing scores minus infinity, and never wins
        classes = np.log(np.bincount(y, minlength=2))
    return Model(classes, np.log(counts / counts.sum(axis=1, keepdims=True)))


def predict(model: Model, X: np.ndarray) -> np.ndarray:
    """Add up the scores and take the larger. Another number of words is a ValueError of the product."""
    return np.argmax(X @ model.words.T + model.classes, axis=1)
