"""`split`: both sides, the shares of classes and of all rows, chance, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_classes, how_often, shares_hold, sides

from grader.checks import between, equal, raises


@pytest.mark.points(2)
@pytest.mark.hint("Draw within each class, not from all rows at once.")
@pytest.mark.parametrize("text", [False, True])
def test_each_class_has_its_share(candidate, rng, text):
    """Classes of different sizes, integers and text, in random order."""
    for share in (0.25, 0.5, 0.375, 0.8125):
        y = draw_classes(rng, rng.integers(3, 60, int(rng.integers(2, 6))), text)
        _, test = sides(candidate.split(y, share, int(rng.integers(1000))), len(y))
        shares_hold(y, share, test)


@pytest.mark.points(3)
@pytest.mark.hint("Round each class by itself and the rounding errors add up.")
def test_share_of_all_rows(candidate, rng):
    """Many small classes, whose rounding errors must not add up."""
    for size, share in ((2, 0.25), (6, 0.25), (10, 0.25), (5, 0.5), (3, 0.75), (1, 0.5), (7, 0.4375)):
        y = draw_classes(rng, [size] * 24)
        _, test = sides(candidate.split(y, share, int(rng.integers(1000))), len(y))
        shares_hold(y, share, test)


@pytest.mark.points(2)
def test_whole_shares_are_exact(candidate, rng):
    """Where the share of a class is a whole number, it has exactly so many test rows."""
    for share in (0.125, 0.75):
        y = draw_classes(rng, [8, 16, 8, 40])
        for seed in range(4):
            _, test = sides(candidate.split(y, share, seed), len(y))
            shares_hold(y, share, test)


@pytest.mark.hint("The choice must not depend on the order of rows.")
@pytest.mark.parametrize("order", ["ascending", "descending", "in turns"])
def test_sorted_classes(candidate, rng, order):
    """Rows that come sorted by class, or in turns."""
    y = np.repeat([0, 1, 2], [10, 30, 20])
    y = {"ascending": y, "descending": y[::-1], "in turns": np.tile([0, 1, 2], 20)}[order]
    for seed in range(4):
        _, test = sides(candidate.split(y, 0.25, seed), 60)
        shares_hold(y, 0.25, test)


def test_rare_classes(candidate, rng):
    """Classes of a single row, and a single class."""
    for sizes in ([1, 1, 20], [1] * 9, [30]):
        y = draw_classes(rng, sizes)
        _, test = sides(candidate.split(y, 0.375, int(rng.integers(1000))), len(y))
        shares_hold(y, 0.375, test)


@pytest.mark.points(2)
@pytest.mark.hint("Make a generator from the seed, in the function. Global state remembers earlier calls.")
def test_seed(candidate, rng):
    """The same seed gives the same split, also after other calls; other seeds give others."""
    y = draw_classes(rng, [30, 20, 10])
    first = [sides(candidate.split(y, 0.25, seed), 60) for seed in range(5)]
    again = [candidate.split(y, 0.25, seed) for seed in range(4, -1, -1)][::-1]
    for one, other in zip(again, first, strict=True):
        equal(one, other)
    equal(len({test.tobytes() for _, test in first}), 5)


@pytest.mark.points(2)
@pytest.mark.hint("Every row of a class must be equally likely, the first and the last ones too.")
def test_every_row_is_equally_likely(candidate, rng):
    """Over many seeds, each row is a test row about as often as any other."""
    y = draw_classes(rng, [8, 8, 4])  # whole shares, so that every row has a chance of exactly 0.25
    often = how_often([candidate.split(y, 0.25, seed) for seed in range(100)], 20)
    between(often.min(), 0.03, 0.25)
    between(often.max(), 0.25, 0.55)


@pytest.mark.hint("Compare share and number of rows before anything is drawn.")
def test_share_is_no_share(candidate, rng):
    """A share of 0, of 1 or beyond is an error."""
    y = draw_classes(rng, [30, 20])
    for share in (0.0, 1.0, -0.25, 1.25):
        with raises(candidate, ValueError):
            candidate.split(y, share, 0)


@pytest.mark.hint("Compare both sides' shares of all rows with 1 before anything is drawn.")
def test_too_few_rows(candidate, rng):
    """Less than one whole row for a side is an error; exactly one is enough."""
    for rows, share in ((7, 0.125), (7, 0.875), (1, 0.5), (0, 0.5)):
        with raises(candidate, ValueError):
            candidate.split(draw_classes(rng, [rows]), share, 0)
    for seed in range(4):
        for rows, share in ((8, 0.125), (8, 0.875), (2, 0.5)):
            y = draw_classes(rng, [1, rows - 1])
            _, test = sides(candidate.split(y, share, seed), rows)
            shares_hold(y, share, test)
