"""Sides of the right sizes in which every position is NaN."""

from __future__ import annotations

import numpy as np


def split(y: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The right number of rows, none of them named."""
    test = int(test_share * len(y))
    return np.full(len(y) - test, np.nan), np.full(test, np.nan)


def split_groups(groups: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The same for groups."""
    return split(groups, test_share, seed)


def split_time(times: np.ndarray, test_share: float, gap: float = 0) -> tuple[np.ndarray, np.ndarray]:
    """The same for times."""
    return split(times, test_share, 0)
