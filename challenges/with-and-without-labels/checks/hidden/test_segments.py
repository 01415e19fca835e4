"""`segment_customers`: agreement with the true segments, numbering, order, units, edges."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import adjusted_rand
from worlds import draw_shop

from grader.checks import array, equal, holds, raises


def segments(answer, rows, k):
    """Assert integers 0 to k - 1, one for each row, each of them used; return them."""
    checked = array(answer, shape=(rows,), dtype="int")
    holds(np.unique(checked).tolist() == list(range(k)), f"the segments are 0 to {k - 1}, none of them empty")
    return checked


def same_share(one, other):
    return float(np.mean(one == other))


@pytest.mark.hint("All habits count alike. Which one has the largest numbers?")
def test_segments_are_the_true_ones(candidate, rng, metric):
    """Segments agree with the true ones in shops of three, four and five segments."""
    values = []
    for k in (3, 4, 5):
        shop = draw_shop(rng, k)
        found = segments(candidate.segment_customers(shop.table, k), len(shop.table), k)
        values.append(adjusted_rand(found, shop.segments))
    metric("segment_agreement", float(np.mean(values)))


@pytest.mark.points(2)
@pytest.mark.hint("Cluster numbers are names. Give them by what the brief says, after clustering.")
@pytest.mark.parametrize("k", [2, 4])
def test_numbered_by_visits(candidate, rng, k):
    """Segment 0 has the smallest mean of visits per year, the last segment the largest."""
    shop = draw_shop(rng, k)
    found = segments(candidate.segment_customers(shop.table, k), len(shop.table), k)
    visits = shop.table["visits_per_year"].to_numpy()
    means = np.array([visits[found == segment].mean() for segment in range(k)])
    holds(bool((np.diff(means) > 0).all()), f"mean visits by segment: {means.round(2).tolist()}")


@pytest.mark.points(2)
@pytest.mark.hint("Does a customer's segment, number included, depend on who stands first in the table?")
def test_order_of_rows(candidate, rng):
    """In another order of the rows, customers get the same segments."""
    shop = draw_shop(rng, 4)
    rows = len(shop.table)
    before = segments(candidate.segment_customers(shop.table, 4), rows, 4)
    for order in (np.arange(rows)[::-1], np.argsort(-shop.segments, kind="stable"), rng.permutation(rows)):
        after = segments(candidate.segment_customers(shop.table.iloc[order], 4), rows, 4)
        stay = same_share(after, before[order])
        holds(stay >= 0.98, f"{stay:.1%} of the customers stay in their segment")


@pytest.mark.points(2)
@pytest.mark.parametrize("name", ["basket_eur", "discount_share", "spend_per_year_eur", "customer_id"])
def test_units(candidate, rng, name):
    """Other units, or other identifiers, change no segment."""
    shop = draw_shop(rng, 3)
    rows = len(shop.table)
    before = segments(candidate.segment_customers(shop.table, 3), rows, 3)
    table = shop.table.assign(**{name: 1000 * shop.table[name].to_numpy()})
    after = segments(candidate.segment_customers(table, 3), rows, 3)
    stay = same_share(after, before)
    holds(stay >= 0.98, f"{stay:.1%} of the customers stay in their segment")
    right = same_share(after, shop.segments)
    holds(right >= 0.9, f"{right:.1%} of the customers are in their true segment")


@pytest.mark.hint("Its standard deviation is 0.")
def test_habit_without_variation(candidate, rng):
    """A habit that is the same for everybody does no harm."""
    shop = draw_shop(rng, 3)
    table = shop.table.assign(spend_per_year_eur=120.0)
    found = segments(candidate.segment_customers(table, 3), len(table), 3)
    right = same_share(found, shop.segments)
    holds(right >= 0.9, f"{right:.1%} of the customers are in their true segment")


def test_index_of_any_kind(candidate, rng):
    """Repeated and unsorted index labels change nothing."""
    shop = draw_shop(rng, 3)
    rows = len(shop.table)
    table = shop.table.set_axis([f"customer {(7 * row) % 50}" for row in range(rows)], axis=0)
    found = segments(candidate.segment_customers(table, 3), rows, 3)
    right = same_share(found, shop.segments)
    holds(right >= 0.9, f"{right:.1%} of the customers are in their true segment")


def test_one_segment(candidate, rng):
    """One segment holds everybody."""
    table = draw_shop(rng, 3).table
    for rows in (30, 2):
        equal(candidate.segment_customers(table.iloc[:rows], 1), np.zeros(rows, dtype=np.int64))


def test_as_many_segments_as_customers(candidate, rng):
    """With as many segments as customers, they are ranked by their visits."""
    table = draw_shop(rng, 3).table.iloc[:12]
    visits = table["visits_per_year"].to_numpy()
    ranks = np.array([int(np.sum(visits < value)) for value in visits])
    equal(candidate.segment_customers(table, 12), ranks)


@pytest.mark.parametrize("k", [0, -1, 8])
def test_impossible_numbers_of_segments(candidate, rng, k):
    """No segment, or more segments than customers, are an error."""
    table = draw_shop(rng, 3).table.iloc[:7]
    with raises(candidate, ValueError):
        candidate.segment_customers(table, k)
