"""`split_groups`: groups stay whole, the share of groups, chance, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_classes, groups_hold, how_often, sides

from grader.checks import between, equal, raises


@pytest.mark.points(3)
@pytest.mark.hint("Draw groups, not rows. Then every row goes where its group went.")
@pytest.mark.parametrize("text", [False, True])
def test_no_group_on_both_sides(candidate, rng, text):
    """Groups of different sizes, integers and text, in random order."""
    for share in (0.25, 0.5, 0.375, 0.8125):
        groups = draw_classes(rng, rng.integers(1, 30, int(rng.integers(6, 25))), text)
        train, test = sides(candidate.split_groups(groups, share, int(rng.integers(1000))), len(groups))
        groups_hold(groups, share, train, test)


@pytest.mark.points(2)
@pytest.mark.hint("The share is one of groups. A large group counts once.")
def test_one_group_is_huge(candidate, rng):
    """The share is counted in groups, also if one of them has most of the rows."""
    groups = draw_classes(rng, [300, 1, 2, 3, 1, 1, 2, 4])
    for share in (0.25, 0.5, 0.75, 0.3125):
        for seed in range(4):
            train, test = sides(candidate.split_groups(groups, share, seed), len(groups))
            groups_hold(groups, share, train, test)


def test_every_row_a_group(candidate, rng):
    """Groups of a single row."""
    groups = draw_classes(rng, [1] * 32)
    train, test = sides(candidate.split_groups(groups, 0.25, 3), 32)
    groups_hold(groups, 0.25, train, test)


@pytest.mark.hint("A group's rows need not stand together.")
def test_scattered_and_sorted_groups(candidate, rng):
    """The order of rows does not matter: sorted, in turns or at random."""
    for groups in (np.repeat(np.arange(12), 5), np.tile(np.arange(12), 5), draw_classes(rng, [5] * 12)):
        for seed in range(3):
            train, test = sides(candidate.split_groups(groups, 0.25, seed), 60)
            groups_hold(groups, 0.25, train, test)


@pytest.mark.points(2)
@pytest.mark.hint("Make a generator from the seed, in the function. Global state remembers earlier calls.")
def test_seed(candidate, rng):
    """The same seed gives the same split, also after other calls; other seeds give others."""
    groups = draw_classes(rng, rng.integers(1, 6, 40))
    rows = len(groups)
    first = [sides(candidate.split_groups(groups, 0.25, seed), rows) for seed in range(5)]
    again = [candidate.split_groups(groups, 0.25, seed) for seed in range(4, -1, -1)][::-1]
    for one, other in zip(again, first, strict=True):
        equal(one, other)
    equal(len({test.tobytes() for _, test in first}), 5)


@pytest.mark.points(2)
@pytest.mark.hint("Choose among distinct groups: a group with many rows must not be chosen more often.")
def test_every_group_is_equally_likely(candidate, rng):
    """Over many seeds, each group is tested about as often as any other, large or small."""
    groups = draw_classes(rng, [60, 30, 1, 1, 1, 2, 3, 2])
    often = how_often([candidate.split_groups(groups, 0.25, seed) for seed in range(60)], 100)
    between(often.min(), 0.03, 0.25)
    between(often.max(), 0.25, 0.55)


def test_share_is_no_share(candidate, rng):
    """A share of 0, of 1 or beyond is an error."""
    groups = draw_classes(rng, [3] * 20)
    for share in (0.0, 1.0, -0.25, 1.25):
        with raises(candidate, ValueError):
            candidate.split_groups(groups, share, 0)


@pytest.mark.hint("Count groups, not rows.")
def test_too_few_groups(candidate, rng):
    """Less than one whole group for a side is an error, however many rows; exactly one is enough."""
    for count, share in ((7, 0.125), (7, 0.875), (1, 0.5), (0, 0.5)):
        with raises(candidate, ValueError):
            candidate.split_groups(draw_classes(rng, [10] * count), share, 0)
    for count, share in ((8, 0.125), (8, 0.875), (2, 0.5)):
        groups = draw_classes(rng, [10] * count)
        train, test = sides(candidate.split_groups(groups, share, 1), 10 * count)
        groups_hold(groups, share, train, test)
