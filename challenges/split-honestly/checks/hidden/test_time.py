"""`split_time`: the cut, equal times, the gap, kinds of times, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import by_time, sides

from grader.checks import equal, holds, raises

DAY = np.timedelta64(1, "D")


def draw_days(rng, rows):
    """Shuffled days, some of them several times."""
    return np.datetime64("2021-03-01") + rng.integers(0, rows, rows) * DAY


@pytest.mark.points(3)
@pytest.mark.hint("Test rows are the latest ones, whatever their position.")
def test_no_look_ahead(candidate, rng):
    """Distinct times in random order: every test row is later than every training row."""
    for share in (0.25, 0.5, 0.375, 0.8125):
        rows = int(rng.integers(20, 90))
        for times in (rng.permutation(rows) * 3 - 40, rng.permutation(rows) / 4):
            train, test = sides(candidate.split_time(times, share), rows)
            holds(bool(times[train].max() < times[test].min()), "training rows are earlier than test rows")
            equal((train, test), by_time(times, share, 0))


@pytest.mark.points(2)
@pytest.mark.hint("Rows of the same moment belong on the same side.")
def test_equal_times(candidate, rng):
    """Rows with the same time are not torn apart."""
    for share in (0.25, 0.5, 0.1875):
        for span in (3, 6, 25):
            times = rng.permutation(np.concatenate([rng.integers(0, span, 60), [-1, -1, -1]]))
            equal(candidate.split_time(times, share), by_time(times, share, 0))
    equal(candidate.split_time(np.array([5, 5, 2, 5, 5]), 0.25), (np.array([2]), np.array([0, 1, 3, 4])))


@pytest.mark.hint("At least so many test rows: a fraction is rounded up, a whole number is not.")
def test_how_many_test_rows(candidate, rng):
    """As few test rows as the share needs: exactly, if that is a whole number."""
    for rows, share in (
        (8, 0.125),
        (8, 0.25),
        (9, 0.125),
        (9, 0.25),
        (16, 0.5),
        (17, 0.5),
        (3, 0.25),
        (2, 0.5),
    ):
        times = rng.permutation(rows)
        equal(candidate.split_time(times, share), by_time(times, share, 0))


@pytest.mark.points(2)
@pytest.mark.hint("Whole rows have to lie before the cut, their gap included: earlier, not equal.")
def test_gap(candidate, rng):
    """Rows whose time plus the gap reaches the cut are on neither side."""
    for gap in (1, 3, 10):
        times = rng.integers(0, 60, 80)
        train, test = sides(candidate.split_time(times, 0.25, gap=gap), 80, complete=False)
        equal((train, test), by_time(times, 0.25, gap))
        holds(bool((times[train] + gap).max() < times[test].min()), "labels are known before the cut")
    times = rng.permutation(40) / 4
    equal(candidate.split_time(times, 0.25, gap=0.75), by_time(times, 0.25, 0.75))


@pytest.mark.points(2)
@pytest.mark.hint("Dates sort and compare as numbers do, and a gap of days can be added to them.")
def test_dates(candidate, rng):
    """Dates, with and without a gap of days."""
    times = draw_days(rng, 90)
    equal(candidate.split_time(times, 0.25), by_time(times, 0.25, 0 * DAY))
    for days in (1, 14):
        equal(candidate.split_time(times, 0.25, gap=days * DAY), by_time(times, 0.25, days * DAY))
    hours = times.astype("datetime64[s]") + rng.integers(0, 24, 90) * np.timedelta64(1, "h")
    equal(candidate.split_time(hours, 0.375, gap=2 * DAY), by_time(hours, 0.375, 2 * DAY))


def test_sorted_times(candidate):
    """Times that come in order, or in reverse."""
    times = np.arange(20)
    equal(candidate.split_time(times, 0.25), (np.arange(15), np.arange(15, 20)))
    equal(candidate.split_time(times[::-1], 0.25, gap=2), (np.arange(7, 20), np.arange(5)))


def test_share_is_no_share(candidate, rng):
    """A share of 0, of 1 or beyond is an error."""
    for share in (0.0, 1.0, -0.25, 1.25):
        with raises(candidate, ValueError):
            candidate.split_time(rng.permutation(50), share)


@pytest.mark.hint("If everything is at or after the cut, there is nothing to learn from.")
def test_no_training_rows(candidate, rng):
    """No rows, or none that is early enough to train on, is an error; one such row is enough."""
    for times in (np.array([], dtype=np.int64), np.array([4]), np.full(9, 4)):
        with raises(candidate, ValueError):
            candidate.split_time(times, 0.5)
    times = rng.permutation(20)
    with raises(candidate, ValueError):
        candidate.split_time(times, 0.25, gap=15)
    equal(candidate.split_time(times, 0.25, gap=14), by_time(times, 0.25, 14))
    with raises(candidate, ValueError):
        candidate.split_time(np.array([3, 4, 4, 4]), 0.5, gap=1)
