"""`predict_prices`: how good, and what it must not look at."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import r_squared
from worlds import draw_town

from grader.checks import array, close, holds

SAME = 1e-6


def test_one_number_per_house(candidate, rng):
    """One finite float for each row of test, a single row included."""
    town = draw_town(rng, 100, 10)
    for rows in (10, 1):
        array(candidate.predict_prices(town.train, town.test.iloc[:rows]), shape=(rows,))


@pytest.mark.hint("Is the district used? It is text, and has no order.")
def test_prices_are_near_the_true_ones(candidate, rng, metric):
    """Prices of houses that were never seen, in three towns."""
    values = []
    for _ in range(3):
        town = draw_town(rng)
        predicted = array(candidate.predict_prices(town.train, town.test), shape=(len(town.test),))
        values.append(r_squared(town.prices, predicted))
    metric("price_r2", float(np.mean(values)))


@pytest.mark.points(3)
@pytest.mark.hint("At prediction time nobody knows the price. Whatever stands in that column is not it.")
@pytest.mark.parametrize("content", ["missing", "zeros", "other prices"])
def test_price_column_of_test_is_not_used(candidate, rng, content):
    """A column price in test, whatever it holds, changes no prediction."""
    town = draw_town(rng, 150, 50)
    column = {
        "missing": np.full(50, np.nan),
        "zeros": np.zeros(50),
        "other prices": rng.permutation(town.prices),
    }
    without = array(candidate.predict_prices(town.train, town.test), shape=(50,))
    holds(r_squared(town.prices, without) > 0.0, "predictions are nearer than the mean price is")
    close(candidate.predict_prices(town.train, town.test.assign(price=column[content])), without, rtol=SAME)


@pytest.mark.points(2)
@pytest.mark.hint("What is learned, scales and levels included, comes from train. Is a seed missing?")
def test_houses_are_priced_one_by_one(candidate, rng):
    """Alone, among others or in another order, a house has the same price."""
    town = draw_town(rng, 150, 40)
    together = array(candidate.predict_prices(town.train, town.test), shape=(40,))
    districts = town.test["district"].to_numpy().astype(str)
    alone = [[row] for row in np.unique(districts, return_index=True)[1]]  # one house of each district
    for rows in (*alone, np.arange(40)[::-1]):
        close(candidate.predict_prices(town.train, town.test.iloc[rows]), together[rows], rtol=SAME)


@pytest.mark.hint("A number that only identifies a row is no measurement of it.")
def test_house_id_says_nothing(candidate, rng):
    """Other identifiers in test change no prediction."""
    town = draw_town(rng, 150, 40)
    before = array(candidate.predict_prices(town.train, town.test), shape=(40,))
    renumbered = town.test.assign(house_id=10_000_000 + np.arange(40))
    close(candidate.predict_prices(town.train, renumbered), before, rtol=SAME)


@pytest.mark.hint("An encoder that was fitted on train may refuse a level that it has not seen.")
def test_district_not_seen_in_training(candidate, rng):
    """A house in an unknown district gets a number, and the others keep theirs."""
    town = draw_town(rng, 150, 40)
    before = array(candidate.predict_prices(town.train, town.test), shape=(40,))
    test = town.test.assign(district=town.test["district"].where(np.arange(40) > 2, "Newtown"))
    after = array(candidate.predict_prices(town.train, test), shape=(40,))
    close(after[3:], before[3:], rtol=SAME)


def test_index_of_any_kind(candidate, rng):
    """Repeated and unsorted index labels change nothing."""
    town = draw_town(rng, 150, 40)
    before = array(candidate.predict_prices(town.train, town.test), shape=(40,))
    train = town.train.set_axis([f"house {(7 * row) % 50}" for row in range(150)], axis=0)
    test = town.test.set_axis([f"house {(3 * row) % 20}" for row in range(40)], axis=0)
    close(candidate.predict_prices(train, test), before, rtol=SAME)


@pytest.mark.points(2)
def test_prices_in_another_currency(candidate, rng):
    """With all training prices multiplied by a factor, so are the predictions."""
    town = draw_town(rng, 300, 40)
    before = array(candidate.predict_prices(town.train, town.test), shape=(40,))
    for factor in (0.25, 8.0):
        train = town.train.assign(price=factor * town.train["price"])
        close(candidate.predict_prices(train, town.test), factor * before, rtol=0.02)
