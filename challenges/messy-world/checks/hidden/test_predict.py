"""What every prediction must keep to, whatever the model. One model is trained for the whole file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from worlds import COST, FEATURES, LEVELS, NUMBERS, TARGET, draw_live, draw_strikes, draw_world

from grader.checks import array, close, holds

SAME = {"rtol": 0.0, "atol": 1e-6}
ROWS = 300


@pytest.fixture(scope="module")
def world(shared_rng: np.random.Generator):
    return draw_world(shared_rng)


@pytest.fixture(scope="module")
def live(world, shared_rng) -> pd.DataFrame:
    return draw_live(world, ROWS, shared_rng)[0].table


@pytest.fixture(scope="module")
def model(shared_candidate, world, shared_rng):
    return shared_candidate.train(draw_strikes(world, 2500, shared_rng).table)


@pytest.fixture(scope="module")
def answer(shared_candidate, model, live):
    found = array(shared_candidate.predict_proba(model, live), shape=(ROWS,))
    holds(float(found.max() - found.min()) > 0.05, "the probabilities differ from row to row")
    return found


def test_order_of_the_rows(shared_candidate, model, live, answer, rng):
    """Shuffled rows with another index get the same probabilities."""
    order = rng.permutation(ROWS)
    moved = live.iloc[order].set_axis([f"row {at % 7}" for at in range(ROWS)])
    close(shared_candidate.predict_proba(model, moved), answer[order], **SAME)


@pytest.mark.points(2)
@pytest.mark.hint("Take columns by name, and only those that you trained on.")
def test_order_of_the_columns(shared_candidate, model, live, answer, rng):
    """Another order of the columns changes nothing."""
    for _ in range(2):
        columns = [live.columns[at] for at in rng.permutation(live.shape[1])]
        close(shared_candidate.predict_proba(model, live[columns]), answer, **SAME)


@pytest.mark.points(2)
@pytest.mark.hint("Fill and scale with what was learned in training, never with the live table.")
def test_rows_alone(shared_candidate, model, live, answer):
    """A row by itself gets the probability that it got among others."""
    for at in (0, 1, 2, 3):
        close(shared_candidate.predict_proba(model, live.iloc[[at]]), answer[[at]], **SAME)


@pytest.mark.points(2)
@pytest.mark.hint("The cost is known only once the damage is.")
def test_cost_does_not_matter(shared_candidate, model, live, answer, rng):
    """Costs, if there were any, would change nothing."""
    for costs in (np.zeros(ROWS), rng.lognormal(9.0, 1.0, ROWS)):
        close(shared_candidate.predict_proba(model, live.assign(**{COST: costs})), answer, **SAME)


@pytest.mark.hint("What does your encoder do with a level that it does not know?")
def test_levels_that_are_new(shared_candidate, model, live, rng):
    """Levels that training did not have are no obstacle."""
    table = live.copy()
    for name in LEVELS:
        table[name] = pd.Series(rng.choice(["never seen", "nor this"], ROWS), index=table.index, dtype="str")
    found = array(shared_candidate.predict_proba(model, table), shape=(ROWS,))
    holds(bool(np.all((found >= 0.0) & (found <= 1.0))), "probabilities are from 0 to 1")


@pytest.mark.hint("A column without any value has no mean of its own: fill it with what training knew.")
def test_rows_of_holes(shared_candidate, model, live):
    """Columns, and whole rows, of which nothing is known."""
    table = live.copy()
    for name in NUMBERS:
        table[name] = np.nan
    found = array(shared_candidate.predict_proba(model, table), shape=(ROWS,))
    holds(bool(np.all((found >= 0.0) & (found <= 1.0))), "probabilities are from 0 to 1")
    for name in LEVELS:
        table[name] = pd.Series([None] * ROWS, index=table.index, dtype="str")
    found = array(shared_candidate.predict_proba(model, table), shape=(ROWS,))
    holds(bool(np.all((found >= 0.0) & (found <= 1.0))), "probabilities are from 0 to 1")


@pytest.mark.hint("Most estimators refuse a table without rows. Is that case treated first?")
def test_no_rows(shared_candidate, model, live):
    """A table without rows has no probabilities."""
    array(shared_candidate.predict_proba(model, live.iloc[:0]), shape=(0,))


@pytest.mark.points(2)
@pytest.mark.hint("Neither names nor number of the features are fixed: tell them apart by their dtypes.")
def test_other_features(shared_candidate, world, rng):
    """Another table has other features, an integer among them."""
    strikes = draw_strikes(world, 2500, rng)
    number, word = str(rng.choice(NUMBERS)), str(rng.choice(tuple(LEVELS)))
    table = pd.DataFrame(
        {
            TARGET: strikes.damaged,
            "wind_kt": strikes.table[number],
            "engines": strikes.damaged + rng.integers(1, 4, 2500),
            COST: strikes.table[COST],
            "weather": strikes.table[word],
        }
    )
    model = shared_candidate.train(table)
    rows = table.drop(columns=TARGET).iloc[::-1].assign(**{COST: np.nan})
    found = array(shared_candidate.predict_proba(model, rows), shape=(2500,))
    more, fewer = found[rows["engines"].to_numpy() == 4], found[rows["engines"].to_numpy() == 1]
    holds(float(more.mean()) > 2 * float(fewer.mean()), "more engines mean more damage in this table")


def test_models_are_independent(shared_candidate, model, live, answer, rng):
    """Training another model does not change what the first one says."""
    shared_candidate.train(draw_strikes(draw_world(rng), 2500, rng).table)
    close(shared_candidate.predict_proba(model, live[[COST, *FEATURES]]), answer, **SAME)
