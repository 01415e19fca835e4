"""Draws with the wrong bound: the last row of each class is never a test row."""

from __future__ import annotations

import numpy as np


def _positions(in_test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)


def _check(count: int, test_share: float) -> None:
    """A whole unit for both sides, so at least one when rounded. Shares outside (0, 1) never do that."""
    if count * test_share < 1 or count * (1 - test_share) < 1:
        raise ValueError(f"a share of {test_share} of {count} does not leave one for each side")


def split(y: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The right number of rows of each class, drawn without its last row."""
    _check(len(y), test_share)
    rng = np.random.default_rng(seed)
    counted = (np.arange(len(y) + 1) * test_share + rng.random()).astype(int)
    in_test = np.zeros(len(y), dtype=bool)
    start = 0
    for name in np.unique(y):
        rows = np.flatnonzero(y == name)
        stop = start + len(rows)
        drawn = rng.permutation(len(rows) - 1)[: counted[stop] - counted[start]]
        in_test[rows[drawn]] = True
        start = stop
    return _positions(in_test)


def split_groups(groups: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw among the distinct groups; each row goes where its group went."""
    distinct = np.unique(groups)
    _check(len(distinct), test_share)
    rng = np.random.default_rng(seed)
    chosen = rng.choice(distinct, int(test_share * len(distinct)), replace=False)
    return _positions(np.isin(groups, chosen))


def split_time(
    times: np.ndarray, test_share: float, gap: float | np.timedelta64 = 0
) -> tuple[np.ndarray, np.ndarray]:
    """The latest rows are for testing; rows whose label is not known before the cut are left out."""
    if not 0 < test_share < 1 or len(times) == 0:
        raise ValueError("the share must lie between 0 and 1, and there must be rows")
    needed = int(np.ceil(test_share * len(times)))
    cut = np.sort(times)[-needed]
    train = np.flatnonzero(times + gap < cut)
    if len(train) == 0:
        raise ValueError("no row is early enough to train on")
    return train, np.flatnonzero(times >= cut)
