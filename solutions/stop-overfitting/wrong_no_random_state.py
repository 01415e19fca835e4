"""Another forest each time it is trained."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import RandomForestClassifier


def train(X: np.ndarray, y: np.ndarray) -> RandomForestClassifier:
    return RandomForestClassifier(n_estimators=50, min_samples_leaf=0.05).fit(X, y)


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
