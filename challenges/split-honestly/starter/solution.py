"""Three honest ways to part rows into training and test. The brief is in README.md."""

from __future__ import annotations

import numpy as np


def split(y: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Stratified: each class has its share of test rows, up to rounding.

    y: shape (n,), integers or text. Returns (train, test), positions in ascending order.
    Raises ValueError if the share is not between 0 and 1 or a side would not get a whole row.
    """
    raise NotImplementedError


def split_groups(groups: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Whole groups: no group is on both sides, and the share is one of groups, up to rounding.

    groups: shape (n,), integers or text. Returns (train, test), positions in ascending order.
    Raises ValueError if the share is not between 0 and 1 or a side would not get a whole group.
    """
    raise NotImplementedError


def split_time(
    times: np.ndarray, test_share: float, gap: float | np.timedelta64 = 0
) -> tuple[np.ndarray, np.ndarray]:
    """No look-ahead: the latest rows are for testing; training rows lie more than `gap` before the cut.

    times: shape (n,), integers, floats or datetime64. Returns (train, test), positions in ascending order.
    Raises ValueError if the share is not between 0 and 1, without rows, or if no training row remains.
    """
    raise NotImplementedError
