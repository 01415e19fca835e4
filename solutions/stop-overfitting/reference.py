"""A tree that is pruned by a price per leaf; early stopping by the distance to the best epoch."""

from __future__ import annotations

import numpy as np
from sklearn.tree import DecisionTreeClassifier


def train(X: np.ndarray, y: np.ndarray) -> DecisionTreeClassifier:
    """A branch stays if it lowers the tree's impurity by 0.01 per leaf: more than wrong labels offer."""
    return DecisionTreeClassifier(ccp_alpha=0.01, random_state=0).fit(X, y)


def best_epoch(losses: list[float], patience: int, min_delta: float) -> tuple[int, int]:
    """The best epoch and the last one that is trained."""
    if not losses:
        raise ValueError("there are no losses")
    if patience < 1 or min_delta < 0:
        raise ValueError("patience must be 1 or more, min_delta 0 or more")
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best] - min_delta:  # false for NaN
            best = epoch
        elif epoch - best == patience:
            break
    return best, epoch
