"""`drifted`: one kind of drift at a time, differences that do not matter, and order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from worlds import (
    COST,
    FEATURES,
    LEVELS,
    NUMBERS,
    TARGET,
    draw_live,
    draw_strikes,
    draw_world,
    drifted_source,
)

from grader.checks import equal


def pair(rng, kind):
    """Training rows, and live rows in which one feature has drifted in one way: (train, live, its name)."""
    world = draw_world(rng)
    names = {"levels": tuple(LEVELS), "missing": FEATURES}.get(kind, NUMBERS)
    name = str(rng.choice([each for each in names if each != world.telling]))
    live, _ = draw_live(world, 4000, rng, drifts=0)
    moved = draw_strikes(
        world, 4000, rng, world.sources | {name: drifted_source(world, name, kind, rng)}
    ).table
    table = live.table.copy()
    table[name] = moved[name].set_axis(table.index)
    return draw_strikes(world, 4000, rng).table, table, name


@pytest.mark.points(2)
@pytest.mark.hint(
    "A mean is not all of a distribution: look at its spread, its levels and its holes as well."
)
@pytest.mark.parametrize("kind", ["shift", "spread", "levels", "missing"])
def test_one_kind_of_drift(candidate, rng, kind):
    """One feature has drifted, and it is the only one named."""
    table, live, name = pair(rng, kind)
    equal(candidate.drifted(table, live), [name])


@pytest.mark.points(2)
@pytest.mark.hint("With 20,000 rows nearly every difference is significant. Is it large, too?")
def test_differences_that_do_not_matter(candidate, rng):
    """Small differences in large tables are no drift."""
    world = draw_world(rng)
    live, _ = draw_live(world, 20_000, rng, drifts=0)
    equal(candidate.drifted(draw_strikes(world, 20_000, rng).table, live.table), [])


def test_the_same_rows(candidate, rng):
    """The same rows in another order have not drifted, with and without what happened."""
    table = draw_strikes(draw_world(rng), 2000, rng).table
    shuffled = table.iloc[rng.permutation(2000)]
    equal(candidate.drifted(table, shuffled), [])
    equal(candidate.drifted(table, shuffled.drop(columns=TARGET).assign(**{COST: np.nan})), [])


@pytest.mark.points(2)
@pytest.mark.hint(
    "A column that is wholly missing, or wholly new, has no values to compare; that is drift as well."
)
def test_a_feature_goes_missing(candidate, rng):
    """Features that are wholly missing, or have nothing but new levels, are named in the order of train."""
    table = draw_strikes(draw_world(rng), 2000, rng).table
    names = [*NUMBERS[:1], *list(LEVELS)[:2]]
    live = table.drop(columns=TARGET).assign(**{COST: np.nan, names[0]: np.nan})
    live[names[1]] = pd.Series([None] * 2000, index=live.index, dtype="str")
    live[names[2]] = pd.Series(["never seen"] * 2000, index=live.index, dtype="str")
    equal(candidate.drifted(table, live), names)
    columns = [table.columns[at] for at in rng.permutation(table.shape[1])]
    equal(candidate.drifted(table[columns], live), [name for name in columns if name in names])
    equal(candidate.drifted(table, live[[name for name in columns if name != TARGET]]), names)


def test_integers_and_constants(candidate, rng):
    """Integer features, and features with a single value, can drift and can stay."""
    table = pd.DataFrame(
        {
            "engines": rng.integers(1, 5, 3000),
            "birds": rng.poisson(3.0, 3000),
            "runways": np.full(3000, 2),
            "height": np.full(3000, 7.5),
            "country": pd.Series(["here"] * 3000, dtype="str"),
            COST: np.zeros(3000),
            TARGET: rng.integers(0, 2, 3000),
        }
    )
    live = table.iloc[::-1].assign(birds=rng.poisson(7.0, 3000), runways=np.full(3000, 3), **{COST: np.nan})
    equal(candidate.drifted(table, live.drop(columns=TARGET)), ["birds", "runways"])
