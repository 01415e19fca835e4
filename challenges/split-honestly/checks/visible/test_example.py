"""The examples of the brief, and four years of weather. The hidden checks go further."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import array, equal, holds, raises

Y = np.array(["a", "b", "a", "a", "b", "a", "b", "a", "a", "b", "a", "a"])
GROUPS = np.array([7, 7, 7, 3, 5, 5, 9, 3])
TIMES = np.array([30, 10, 20, 40, 30, 50])


def sides(answer, rows):
    """Both sides as arrays, ascending; every row is on one of them."""
    equal(len(answer), 2)
    train, test = (array(side, shape=(None,), dtype="int") for side in answer)
    equal(np.sort(np.concatenate([train, test])), np.arange(rows))
    equal(np.sort(train), train)
    equal(np.sort(test), test)
    return train, test


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_stratified(candidate, seed):
    """The example with two classes: two test rows of one and one of the other."""
    _, test = sides(candidate.split(Y, 0.25, seed), 12)
    equal(np.sort(Y[test]), np.array(["a", "a", "b"]))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_groups(candidate, seed):
    """The example with four groups: two whole ones on each side."""
    train, test = sides(candidate.split_groups(GROUPS, 0.5, seed), 8)
    equal(len(np.unique(GROUPS[test])), 2)
    equal(np.intersect1d(GROUPS[train], GROUPS[test]), np.array([], dtype=np.int64))


def test_time(candidate):
    """The examples with times: the cut, and the gap before it."""
    equal(candidate.split_time(TIMES, 0.5), (np.array([1, 2]), np.array([0, 3, 4, 5])))
    equal(candidate.split_time(TIMES, 0.25, gap=10), (np.array([1, 2]), np.array([3, 5])))


def test_weather(candidate, dataset):
    """Seattle's weather: test days come after all training days and the week between."""
    dates = dataset("seattle-weather")["date"].to_numpy()
    dates = dates[np.random.default_rng(18).permutation(len(dates))]
    answer = candidate.split_time(dates, 0.3, gap=np.timedelta64(7, "D"))
    train, test = (array(side, shape=(None,), dtype="int") for side in answer)
    equal(len(test), 439)
    equal(len(train), 1461 - 439 - 7)
    holds(bool(dates[train].max() + np.timedelta64(8, "D") == dates[test].min()), "a gap of seven days")


def test_share_out_of_range(candidate):
    """A share of 1 is an error."""
    with raises(candidate, ValueError):
        candidate.split(Y, 1.0, 0)
