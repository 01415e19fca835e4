"""`fit_encoder` and `names`: which places there are, and in which order."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_table, places

from grader.checks import equal, raises


@pytest.mark.points(2)
@pytest.mark.hint("Ascending order, whatever came first in the rows.")
@pytest.mark.parametrize("drop_first", [False, True])
def test_places(candidate, rng, drop_first):
    """Every level of every column, in order, missing values included."""
    for holes in (True, False):
        rows, levels = draw_table(rng, holes=holes)
        encoder = candidate.fit_encoder(rows, drop_first=drop_first)
        equal(candidate.names(encoder), places(levels, drop_first))


@pytest.mark.hint("Sort what you learned; the order of rows and of keys is an accident.")
def test_order_of_rows_and_keys(candidate, rng):
    """The rows in another order, with keys in another order, give the same places."""
    rows, levels = draw_table(rng)
    turned = [dict(reversed(row.items())) for row in rows]
    for order in (rows[::-1], turned, [turned[at] for at in rng.permutation(len(turned))]):
        equal(candidate.names(candidate.fit_encoder(order)), places(levels))


@pytest.mark.hint("9 is smaller than 10, and -3 larger than -20. Did you sort their digits?")
def test_integers_are_sorted_by_size(candidate, rng):
    """Integers are sorted by size and stay integers."""
    numbers = [int(n) for n in rng.choice(np.arange(-120, 1200), 25, replace=False)]
    encoder = candidate.fit_encoder([{"n": n} for n in numbers])
    equal(candidate.names(encoder), [("n", n) for n in sorted(numbers)])


@pytest.mark.points(2)
@pytest.mark.hint("Ask `is None`. Empty text and zero are false, but they are not missing.")
def test_values_that_look_like_nothing(candidate):
    """Empty text, the text None and zero are levels; None and an absent key are missing."""
    rows = [{"t": "", "n": 0}, {"t": "None", "n": 3}, {"t": "nan", "n": -1}]
    complete = [("n", -1), ("n", 0), ("n", 3), ("t", ""), ("t", "None"), ("t", "nan")]
    equal(candidate.names(candidate.fit_encoder(rows)), complete)
    for hole in ({"n": 3}, {"n": 3, "t": None}):
        equal(candidate.names(candidate.fit_encoder([*rows, hole])), [*complete, ("t", None)])


@pytest.mark.hint("All keys of all rows, not those of the first row.")
def test_columns_that_come_later(candidate):
    """A column that only one row has is a column, and missing in all the others."""
    for rows in ([{"b": "x"}, {"b": "x", "a": 1}], [{"a": 1, "b": "x"}, {"b": "x"}]):
        equal(candidate.names(candidate.fit_encoder(rows)), [("a", 1), ("a", None), ("b", "x")])
        equal(candidate.names(candidate.fit_encoder(rows, drop_first=True)), [("a", None)])


def test_column_that_is_always_missing(candidate):
    """A column without any value has one level, None, the only one to drop."""
    rows = [{"a": None, "b": "x"}, {"b": "y"}]
    equal(candidate.names(candidate.fit_encoder(rows)), [("a", None), ("b", "x"), ("b", "y")])
    equal(candidate.names(candidate.fit_encoder(rows, drop_first=True)), [("b", "y")])


def test_one_row(candidate):
    """One row is enough; a row without keys has no columns."""
    equal(candidate.names(candidate.fit_encoder([{"a": 5}])), [("a", 5)])
    equal(candidate.names(candidate.fit_encoder([{"a": 5}], drop_first=True)), [])
    equal(candidate.names(candidate.fit_encoder([{}])), [])


def test_no_rows(candidate):
    """No rows to learn from are an error, whether or not a level is dropped."""
    with raises(candidate, ValueError):
        candidate.fit_encoder([])
    with raises(candidate, ValueError):
        candidate.fit_encoder([], drop_first=True)
