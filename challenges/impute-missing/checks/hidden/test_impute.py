"""What every imputer must do, whatever its method. One imputer is fitted for the whole file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from oracle import differing_cells, no_holes, possible
from worlds import CATEGORIES, NUMBERS, Colony, draw_colony

from grader.checks import close, equal, frame, holds

SAME = 1e-6  # relative: the same value but for rounding


@pytest.fixture(scope="module")
def colony(shared_rng: np.random.Generator) -> Colony:
    return draw_colony(shared_rng)


@pytest.fixture(scope="module")
def imputer(shared_candidate, colony):
    return shared_candidate.fit_imputer(colony.train)


@pytest.fixture(scope="module")
def filled(shared_candidate, colony, imputer):
    return shared_candidate.impute(imputer, colony.table)


@pytest.mark.hint("Every row, in its place; no column more, less or elsewhere; categories stay categories.")
def test_keeps_rows_columns_and_dtypes(filled, colony):
    """Rows, index, columns and dtypes are those of the table."""
    frame(filled, like=colony.table)


def test_fills_every_hole(filled, colony):
    """No cell is missing afterwards."""
    no_holes(frame(filled, like=colony.table))


@pytest.mark.points(2)
def test_leaves_observed_cells_alone(filled, colony):
    """Observed cells keep exactly their values."""
    equal(frame(filled, like=colony.table).mask(colony.table.isna()), colony.table)


@pytest.mark.hint("Did you scale back? Could a regression leave the range of what was ever observed?")
def test_filled_values_are_possible(filled, colony):
    """Filled numbers lie in the observed range of train, filled categories among its levels."""
    table = frame(filled, like=colony.table)
    no_holes(table)
    possible(table, colony.table, colony.train)


@pytest.mark.points(3)
@pytest.mark.hint("What is learned comes from train. Rows that happen to share a table tell nothing.")
def test_other_rows_do_not_matter(shared_candidate, imputer, filled, colony):
    """A row is filled in the same way alone, among other rows and in another order."""
    whole = frame(filled, like=colony.table)
    no_holes(whole)
    holed = colony.table.isna().any(axis=1).to_numpy()
    middle = colony.train["body_mass_g"].median()
    heavy = holed & (colony.table["body_mass_g"] > middle).to_numpy()
    backwards = np.flatnonzero(holed)[::-1]
    compared = differing = 0
    for rows in (*([int(row)] for row in backwards[:4]), np.flatnonzero(heavy), backwards):
        part = colony.table.iloc[rows]
        result = frame(shared_candidate.impute(imputer, part), like=part)
        no_holes(result)
        compared += int(part.isna().to_numpy().sum())
        differing += differing_cells(result, whole.iloc[rows])
    # A few may differ: where two neighbours are equally near, rounding may choose between them.
    holds(differing <= 0.05 * compared, f"{differing} of {compared} filled cells depend on the other rows")


def test_index_of_any_kind(shared_candidate, imputer, filled, colony):
    """Repeated and unsorted index labels change nothing."""
    whole = frame(filled, like=colony.table)
    no_holes(whole)
    labels = [f"ring {(7 * row) % 50}" for row in range(len(whole))]
    table = colony.table.set_axis(labels, axis=0)
    close(
        frame(shared_candidate.impute(imputer, table), like=table), whole.set_axis(labels, axis=0), rtol=SAME
    )


@pytest.mark.hint("A column of the table may hold nothing to take a mean of. train still knows.")
@pytest.mark.parametrize("name", ["body_mass_g", "sex", "species"])
def test_column_without_any_value(shared_candidate, imputer, colony, name):
    """A column that is wholly missing in the table is filled from what was learned."""
    nothing = colony.table[name].isna() | True
    table = colony.table.assign(**{name: colony.table[name].mask(nothing)})
    result = frame(shared_candidate.impute(imputer, table), like=table)
    no_holes(result)
    possible(result, table, colony.train)
    equal(result.mask(table.isna()), table)


def test_bird_of_which_nothing_is_known(shared_candidate, imputer, colony):
    """A row with nothing but its year is filled too."""
    table = colony.table.iloc[:3].copy()
    for name in (*NUMBERS, *CATEGORIES):
        table[name] = table[name].mask(table["year"] > 0)
    result = frame(shared_candidate.impute(imputer, table), like=table)
    no_holes(result)
    possible(result, table, colony.train)


@pytest.mark.hint("A one-hot encoder may refuse, or silently mistake, a level that it has not seen.")
def test_level_not_seen_in_training(shared_candidate, imputer, colony):
    """A species that train did not have stays as it is, and the row's holes are filled."""
    table = colony.table.iloc[:40].copy()
    kinds = table["species"].cat.add_categories(["Vagrant"])
    strangers = (np.arange(40) % 4 == 0) & kinds.notna().to_numpy()
    table["species"] = kinds.mask(strangers, "Vagrant")
    table.loc[strangers, "flipper_length_mm"] = np.nan
    result = frame(shared_candidate.impute(imputer, table), like=table)
    no_holes(result)
    possible(result, table, colony.train)
    equal(result.mask(table.isna()), table)


def test_complete_table(shared_candidate, imputer, colony):
    """A table without holes comes back with equal values."""
    equal(frame(shared_candidate.impute(imputer, colony.truth), like=colony.truth), colony.truth)


def test_empty_table(shared_candidate, imputer, colony):
    """A table without rows comes back without rows."""
    nobody = colony.table.iloc[:0]
    frame(shared_candidate.impute(imputer, nobody), like=nobody)


@pytest.mark.points(2)
@pytest.mark.hint("What was learned belongs into the imputer that you return, not into a global.")
def test_imputers_are_independent(shared_candidate, imputer, filled, colony, rng):
    """Fitting a second imputer on other birds does not change the first, and it fills with its own."""
    before = frame(filled, like=colony.table)
    no_holes(before)
    for scale in (0.6, 1.7):
        other = draw_colony(rng, train_rows=200, rows=60, scale=scale)
        second = shared_candidate.fit_imputer(other.train)
        result = frame(shared_candidate.impute(second, other.table), like=other.table)
        no_holes(result)
        possible(result, other.table, other.train)
    close(frame(shared_candidate.impute(imputer, colony.table), like=colony.table), before, rtol=SAME)


@pytest.mark.hint("A column may be complete in train and have holes later.")
def test_training_table_without_holes(shared_candidate, rng):
    """An imputer fitted on a complete table fills a table with holes."""
    colony = draw_colony(rng, train_rows=200, rows=60)
    whole = pd.concat([colony.train.iloc[:0], colony.truth])
    imputer = shared_candidate.fit_imputer(whole)
    result = frame(shared_candidate.impute(imputer, colony.table), like=colony.table)
    no_holes(result)
    possible(result, colony.table, whole)
