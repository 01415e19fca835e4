"""Stop overfitting: write `train` and `best_epoch`. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np


def train(X: np.ndarray, y: np.ndarray) -> Any:
    """Return a fitted tree-based classifier of scikit-learn that does not believe the noise.

    X: float array of shape (n, p). y: integer array of shape (n,), zeros and ones, some of them wrong.
    """
    raise NotImplementedError


def best_epoch(losses: list[float], patience: int, min_delta: float) -> tuple[int, int]:
    """The epoch whose weights are kept, and the last epoch that is trained, both counted from 0.

    losses: validation losses, epoch 0 first. Raises ValueError for no losses, a patience below 1 and a
    negative min_delta.
    """
    raise NotImplementedError
