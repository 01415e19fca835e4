"""`encode`: known and unknown values, missing ones, types, shapes, identities."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_table, encoded, places

from grader.checks import array, equal, holds


def draw(rng, drop_first=False, holes=True):
    """Rows to learn from, and the places that their encoder must have."""
    rows, levels = draw_table(rng, holes=holes)
    return rows, places(levels, drop_first)


@pytest.mark.points(2)
@pytest.mark.parametrize("drop_first", [False, True])
def test_training_rows(candidate, rng, drop_first):
    """The training rows themselves, with and without missing values."""
    for holes in (False, True):
        rows, wanted = draw(rng, drop_first, holes)
        encoder = candidate.fit_encoder(rows, drop_first=drop_first)
        equal(candidate.encode(encoder, rows), encoded(rows, wanted))


@pytest.mark.points(3)
@pytest.mark.hint("Look values up among the levels that were learned; what is not there leaves zeros.")
@pytest.mark.parametrize("drop_first", [False, True])
def test_unseen_values(candidate, rng, drop_first):
    """Values that training did not have: zeros in their column, no error and no new place."""
    rows, wanted = draw(rng, drop_first)
    encoder = candidate.fit_encoder(rows, drop_first=drop_first)
    new = [dict(row) for row in rows[:20]]
    for row in new:
        for column, value in list(row.items()):
            if rng.random() < 0.4:
                row[column] = (
                    int(rng.integers(20, 90)) if isinstance(value, int) else f"new {rng.integers(9)}"
                )
    new += [{column: "!" for column, _ in wanted}, {column: "~" for column, _ in wanted}]
    new += [{column: n for column, _ in wanted} for n in (-999, 8, 999)]
    equal(candidate.encode(encoder, new), encoded(new, wanted))
    equal(candidate.names(encoder), wanted)


@pytest.mark.points(2)
@pytest.mark.hint("Was the column ever missing in training? Only then is there a place for it.")
@pytest.mark.parametrize("drop_first", [False, True])
def test_missing_values(candidate, rng, drop_first):
    """None and an absent key are the level None where training had it, and zeros elsewhere."""
    rows, wanted = draw(rng, drop_first)
    encoder = candidate.fit_encoder(rows, drop_first=drop_first)
    columns = sorted({column for column, _ in wanted})
    new = [dict.fromkeys(columns), {}]
    for row, column in zip(rows[:16], columns * 4, strict=True):
        new += [row | {column: None}, {key: value for key, value in row.items() if key != column}]
    equal(candidate.encode(encoder, new), encoded(new, wanted))


@pytest.mark.hint("Compare the values themselves, not what they look like as text.")
def test_types_differ(candidate):
    """Text that looks like a number is not that number, nor is the text None a missing value."""
    encoder = candidate.fit_encoder([{"n": 4, "t": "4"}, {"n": 10, "t": "None"}, {"n": None, "t": "x"}])
    places_of_it = [("n", 4), ("n", 10), ("n", None), ("t", "4"), ("t", "None"), ("t", "x")]
    new = [{"n": "4", "t": 4}, {"n": "None", "t": None}, {"n": 4, "t": "4"}, {"n": None, "t": "None"}]
    equal(candidate.encode(encoder, new), encoded(new, places_of_it))


def test_order_of_keys(candidate, rng):
    """Each value goes to the places of its own column, in whatever order the keys are."""
    rows, wanted = draw(rng)
    encoder = candidate.fit_encoder(rows)
    turned = [dict(reversed(row.items())) for row in rows]
    equal(candidate.encode(encoder, turned), encoded(rows, wanted))


def test_same_value_in_two_columns(candidate):
    """A value that two columns share has a place in each."""
    encoder = candidate.fit_encoder([{"left": "x", "right": "y"}, {"left": "y", "right": "x"}])
    wanted = [("left", "x"), ("left", "y"), ("right", "x"), ("right", "y")]
    new = [{"left": "x", "right": "x"}, {"left": "y"}, {"right": "y", "left": "y"}]
    equal(candidate.encode(encoder, new), encoded(new, wanted))


def test_keys_that_are_no_column(candidate, rng):
    """Keys that training did not have are ignored."""
    rows, wanted = draw(rng)
    encoder = candidate.fit_encoder(rows)
    value = next(iter(rows[0].values()))
    more = [row | {"extra": "red", "": value, "more": 1} for row in rows]
    equal(candidate.encode(encoder, more), encoded(rows, wanted))


@pytest.mark.parametrize("drop_first", [False, True])
def test_no_rows(candidate, rng, drop_first):
    """No rows give an array without rows that still has its columns."""
    rows, wanted = draw(rng, drop_first)
    encoder = candidate.fit_encoder(rows, drop_first=drop_first)
    array(candidate.encode(encoder, []), shape=(0, len(wanted)))


def test_no_places(candidate):
    """If every column has but one level, dropping it leaves an array without columns."""
    encoder = candidate.fit_encoder([{"a": 1}, {"a": 1}], drop_first=True)
    array(candidate.encode(encoder, [{"a": 1}, {"a": 2}, {}]), shape=(3, 0))


@pytest.mark.points(2)
@pytest.mark.hint("Encoding is not learning: do not fit again on the rows that come.")
def test_other_rows_do_not_matter(candidate, rng):
    """A row is encoded in the same way alone, among others and in another order."""
    rows, wanted = draw(rng)
    encoder = candidate.fit_encoder(rows)
    expected = encoded(rows, wanted)
    equal(candidate.encode(encoder, rows[::-1]), expected[::-1])
    for at in (0, 7, 31):
        equal(candidate.encode(encoder, [rows[at]]), expected[[at]])


@pytest.mark.points(2)
@pytest.mark.hint("What was learned belongs into the encoder that you return.")
def test_encoders_are_independent(candidate, rng):
    """A second encoder does not touch the first."""
    (rows, wanted), (others, others_wanted) = draw(rng), draw(rng, drop_first=True)
    first, second = candidate.fit_encoder(rows), candidate.fit_encoder(others, drop_first=True)
    equal(candidate.encode(first, rows), encoded(rows, wanted))
    equal(candidate.encode(second, others), encoded(others, others_wanted))
    equal(candidate.names(first), wanted)


@pytest.mark.points(2)
@pytest.mark.hint("With all levels, the places of a column add up to 1, as does an intercept.")
def test_linear_dependence(candidate, rng):
    """All levels beside an intercept are linearly dependent; with one dropped in each column they are not."""
    for drop_first in (False, True):
        rows, wanted = draw(rng, drop_first)
        encoder = candidate.fit_encoder(rows, drop_first=drop_first)
        matrix = array(candidate.encode(encoder, rows), shape=(len(rows), len(wanted)))
        beside = np.column_stack([np.ones(len(rows)), matrix])
        lacking = beside.shape[1] - int(np.linalg.matrix_rank(beside))
        holds(lacking == (0 if drop_first else 4), f"{lacking} of the columns are redundant")
