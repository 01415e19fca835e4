"""Largest remainders class by class, groups in a shuffled list, and a walk back through the times."""

from __future__ import annotations

import math
from collections import Counter
from random import Random

import numpy as np


def _as_arrays(count: int, test: set[int]) -> tuple[np.ndarray, np.ndarray]:
    train = [row for row in range(count) if row not in test]
    return np.array(train, dtype=int), np.array(sorted(test), dtype=int)


def _refuse(units: int, share: float) -> None:
    if share <= 0 or share >= 1 or units * share < 1 or units - units * share < 1:
        raise ValueError("each side needs a whole unit")


def split(y: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Round every class down; the rows still due go to classes with a remainder, one each."""
    _refuse(len(y), test_share)
    random = Random(seed)
    labels = y.tolist()
    rows = {name: [at for at, label in enumerate(labels) if label == name] for name in dict.fromkeys(labels)}
    due = {name: int(test_share * len(of)) for name, of in rows.items()}
    with_remainder = [name for name, of in rows.items() if test_share * len(of) > due[name]]
    still = int(test_share * len(y)) - sum(due.values())
    for name in random.sample(with_remainder, still):
        due[name] += 1
    test: set[int] = set()
    for name, of in rows.items():
        test.update(random.sample(of, due[name]))
    return _as_arrays(len(y), test)


def split_groups(groups: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Shuffle the names of the groups and take the first ones."""
    names = sorted(set(groups.tolist()))
    _refuse(len(names), test_share)
    Random(seed).shuffle(names)
    chosen = set(names[: math.ceil(test_share * len(names))])
    return _as_arrays(len(groups), {row for row, name in enumerate(groups.tolist()) if name in chosen})


def split_time(
    times: np.ndarray, test_share: float, gap: float | np.timedelta64 = 0
) -> tuple[np.ndarray, np.ndarray]:
    """From the latest time on, count rows until there are enough."""
    if test_share <= 0 or test_share >= 1:
        raise ValueError("not a share")
    counts, enough = Counter(times), 0
    for cut in sorted(counts, reverse=True):
        enough += counts[cut]
        if enough >= test_share * len(times):
            break
    train = [row for row, time in enumerate(times) if time + gap < cut] if counts else []
    if not train:
        raise ValueError("nothing to train on")
    return np.array(train), np.array([row for row, time in enumerate(times) if time >= cut])
