"""`task_type`: every way to write a target down, and both limits of the rule for whole numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from grader.checks import equal, raises

LABELS, AMOUNTS = "classification", "regression"


def whole(rng, distinct, rows):
    """Whole numbers in random order: `rows` of them, `distinct` different ones, some of them negative."""
    numbers = rng.choice(np.arange(-60, 200), distinct, replace=False)
    return rng.permutation(np.concatenate([numbers, rng.choice(numbers, rows - distinct)]))


def test_text(candidate, rng):
    """Text is labels, however many there are, also if it looks like numbers."""
    for rows in (3, 200):
        words = [f"{number:x}" for number in rng.choice(10_000, rows, replace=False)]
        digits = [str(number / 4) for number in rng.choice(10_000, rows, replace=False)]
        for values in (words, digits, [*words[1:], None], ["ham"] * rows):
            equal(candidate.task_type(pd.Series(values, dtype="str")), LABELS)


@pytest.mark.hint("A category says that its values are labels, whatever they look like.")
def test_categories(candidate, rng):
    """Categories are labels, also if their levels are numbers."""
    few, many = rng.choice(["a", "b"], 30), rng.normal(size=60).round(3)
    for values in (few, whole(rng, 40, 60), many, np.where(rng.random(60) < 0.3, np.nan, many)):
        equal(candidate.task_type(pd.Series(values).astype("category")), LABELS)


def test_truth_values(candidate, rng):
    """Truth values are labels."""
    for values in ([True], [False, True], rng.permutation(np.arange(40) % 3 == 0)):
        equal(candidate.task_type(pd.Series(values)), LABELS)


@pytest.mark.points(2)
@pytest.mark.hint("Integers may be codes. How many different ones are there, and how often do they repeat?")
def test_integer_codes(candidate, rng):
    """Few integers that repeat are labels, in integers of any size."""
    for distinct, dtype in ((3, np.int64), (8, np.int32), (5, np.int16)):
        equal(candidate.task_type(pd.Series(whole(rng, distinct, 90).astype(dtype))), LABELS)
    equal(candidate.task_type(pd.Series(rng.permutation(np.arange(60) % 6).astype(np.uint8))), LABELS)


@pytest.mark.points(2)
@pytest.mark.hint("A column of integers with a hole in it is a column of floats.")
def test_codes_stored_as_floats(candidate, rng):
    """Few whole floats that repeat are labels, with and without missing values."""
    for dtype in (np.float64, np.float32):
        codes = whole(rng, 6, 120).astype(dtype)
        equal(candidate.task_type(pd.Series(codes)), LABELS)
        codes[rng.choice(120, 40, replace=False)] = np.nan
        equal(candidate.task_type(pd.Series(codes)), LABELS)


@pytest.mark.points(2)
def test_whole_amounts(candidate, rng):
    """Many different whole numbers are amounts, as integers and as floats."""
    grams = rng.integers(2500, 6500, 300)
    equal(candidate.task_type(pd.Series(grams)), AMOUNTS)
    floats = grams.astype(np.float64)
    floats[::7] = np.nan
    equal(candidate.task_type(pd.Series(floats)), AMOUNTS)


@pytest.mark.points(2)
@pytest.mark.hint("A single fraction is enough, however few different values there are.")
def test_fractions(candidate, rng):
    """Numbers with a fraction are amounts, even one among whole numbers, and if few values repeat."""
    equal(candidate.task_type(pd.Series(rng.normal(size=100))), AMOUNTS)
    equal(candidate.task_type(pd.Series([0.25])), AMOUNTS)
    equal(candidate.task_type(pd.Series(rng.permutation(np.array([-0.5, 1.0] * 40)))), AMOUNTS)
    among = whole(rng, 4, 80).astype(np.float64)
    among[int(rng.integers(80))] += 0.5
    equal(candidate.task_type(pd.Series(among)), AMOUNTS)


@pytest.mark.hint("At most 20 different values; missing ones are not a value.")
def test_how_many_are_few(candidate, rng):
    """Twenty different whole numbers can be labels, twenty-one are amounts."""
    for distinct, kind in ((20, LABELS), (21, AMOUNTS)):
        values = whole(rng, distinct, 150)
        equal(candidate.task_type(pd.Series(values)), kind)
        equal(candidate.task_type(pd.Series([*values.astype(float), np.nan])), kind)


@pytest.mark.hint("Five rows for each value on average, counted without missing ones.")
def test_how_often_they_repeat(candidate, rng):
    """Five rows for each value on average make labels; one row fewer makes amounts."""
    cases = [(distinct, 5 * distinct - fewer) for distinct in (3, 7, 20) for fewer in (0, 1)]
    for distinct, rows in cases:
        kind = LABELS if rows == 5 * distinct else AMOUNTS
        values = whole(rng, distinct, rows)
        equal(candidate.task_type(pd.Series(values)), kind)
        equal(candidate.task_type(pd.Series([*values.astype(float), np.nan, np.nan, np.nan])), kind)


def test_two_values(candidate, rng):
    """One or two whole numbers are labels, however few rows there are."""
    for values in ([4], [0, 1], [1.0, np.nan, 2.0], whole(rng, 2, 9)):
        equal(candidate.task_type(pd.Series(values)), LABELS)
    equal(candidate.task_type(pd.Series([5, 6, 7])), AMOUNTS)


def test_order_and_index_do_not_matter(candidate, rng):
    """Shuffled rows, and an index of any kind, change nothing."""
    for distinct, kind in ((6, LABELS), (60, AMOUNTS)):
        values = whole(rng, distinct, 90)
        index = rng.choice(["x", "y", "z"], 90)
        for order in (np.argsort(values), rng.permutation(90)):
            equal(candidate.task_type(pd.Series(values[order], index=index)), kind)


@pytest.mark.parametrize("rows", [0, 3])
def test_no_value_at_all(candidate, rows):
    """An empty target, or one that is wholly missing, is an error."""
    for dtype in ("float64", "str", "category"):
        with raises(candidate, ValueError):
            candidate.task_type(pd.Series([None] * rows, dtype=dtype))
