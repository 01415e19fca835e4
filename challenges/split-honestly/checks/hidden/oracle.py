"""What must hold of a split, counted out, and the split by time, one row at a time."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import numpy as np

from grader.checks import array, equal, holds


def sides(answer, rows, complete=True):
    """Both sides, checked: positions in ascending order, disjoint, none empty, and all rows if `complete`."""
    holds(type(answer) is tuple and len(answer) == 2, "the answer is the tuple (train, test)")
    train, test = (array(side, shape=(None,), dtype="int") for side in answer)
    for side in (train, test):
        holds(len(side) > 0, "neither side is empty")
        holds(bool(side[0] >= 0) and bool(side[-1] < rows), "positions are those of rows")
        holds(bool(np.all(np.diff(side) > 0)), "positions are in ascending order, none twice")
    holds(len(np.intersect1d(train, test)) == 0, "no row is on both sides")
    if complete:
        equal(np.sort(np.concatenate([train, test])), np.arange(rows))
    return train, test


def rounded(count, share, of):
    """Assert that `count` is share x of, rounded up or down."""
    exact = Fraction(share) * of
    holds(floor(exact) <= count <= ceil(exact), f"{count} is not {float(exact):g} rounded up or down")


def shares_hold(y, share, test):
    """Assert that each class, and the whole, has its share of test rows, rounded up or down."""
    rounded(len(test), share, len(y))
    for name in np.unique(y):
        rounded(int(np.sum(y[test] == name)), share, int(np.sum(y == name)))


def groups_hold(groups, share, train, test):
    """Assert that no group is on both sides, and that the test side has its share of groups."""
    both = np.intersect1d(groups[train], groups[test])
    holds(len(both) == 0, f"{len(both)} groups are on both sides")
    rounded(len(np.unique(groups[test])), share, len(np.unique(groups)))


def how_often(answers, rows):
    """For each row, the share of the splits in which it is a test row."""
    counts = np.zeros(rows)
    for answer in answers:
        _, test = sides(answer, rows)
        counts[test] += 1
    return counts / len(answers)


def by_time(times, share, gap):
    """The split by time: try each time as the cut, from the latest on."""
    rows = range(len(times))
    for cut in sorted(set(times), reverse=True):
        test = [at for at in rows if times[at] >= cut]
        if len(test) >= Fraction(share) * len(times):
            return np.array([at for at in rows if times[at] + gap < cut], dtype=np.int64), np.array(test)
    raise AssertionError("no cut")


def draw_classes(rng, sizes, text=False):
    """Shuffled classes of these sizes, with names in no order."""
    names = rng.choice(np.arange(-40, 60), len(sizes), replace=False)
    y = rng.permutation(np.repeat(names, np.asarray(sizes, dtype=np.int64)))
    return np.array([f"class {name}" for name in y]) if text else y
