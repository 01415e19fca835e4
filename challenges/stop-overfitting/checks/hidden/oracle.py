"""Early stopping from one best epoch to the next, and losses drawn so that ties happen."""

from __future__ import annotations

import numpy as np


def stopping(losses: list[float], patience: int, min_delta: float) -> tuple[int, int]:
    """(best, last). From each best epoch, only the next `patience` epochs may hold a better one."""
    best = 0
    while True:
        window = range(best + 1, min(best + patience, len(losses) - 1) + 1)
        better = [epoch for epoch in window if losses[epoch] < losses[best] - min_delta]
        if not better:
            return best, best + len(window)
        best = better[0]


def draw_losses(rng: np.random.Generator, epochs: int) -> list[float]:
    """A noisy descent in steps of 1/64, exact in binary, so that equal losses and exact differences occur."""
    steps = rng.integers(-6, 5, epochs)
    return [float(loss) for loss in 4.0 + np.cumsum(steps) / 64.0]
