"""The examples of the brief, and tries on real tables. The hidden checks are stricter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from grader.checks import array, close, equal, holds, number, raises

MASSES = pd.Series([3400.0, 4000.0, 3800.0, 5200.0])
NEAR = np.array([3500.0, 4100.0, 3700.0, 5000.0])


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["ham", "spam", "ham"], "classification"),
        ([0.5, 1.0, 2.0], "regression"),
        ([3, 7, 7, 9] * 5, "classification"),
        ([3.0, 7.0, None, 9.0] * 5, "classification"),
        ([3, 7, 7, 9], "regression"),
        ([1, 0, 1], "classification"),
    ],
)
def test_task_types(candidate, values, kind):
    """The columns of the example."""
    equal(candidate.task_type(pd.Series(values)), kind)


def test_nothing_to_go_by(candidate):
    """A target without any value is an error."""
    with raises(candidate, ValueError):
        candidate.task_type(pd.Series([np.nan, np.nan]))


def test_scores(candidate):
    """The scores of the example."""
    cats = pd.Series(["a", "a", "a", "b"])
    close(candidate.score(cats, np.array(["a", "a", "b", "b"])), 5 / 6, rtol=1e-9)
    close(candidate.score(MASSES, NEAR), 1 - 7 / 180, rtol=1e-9)
    close(candidate.score(MASSES, NEAR, "regression"), 1 - 7 / 180, rtol=1e-9)


def halves(table, target):
    """Training and test rows of a table in random order, as X, y, new X and new y."""
    table = table.iloc[np.random.default_rng(6).permutation(len(table))]
    X, y, half = table.drop(columns=target), table[target], len(table) // 2
    return X.iloc[:half], y.iloc[:half], X.iloc[half:], y.iloc[half:]


@pytest.mark.parametrize(
    ("name", "target", "kind"),
    [
        ("penguins", "species", "classification"),  # text
        ("penguins", "body_mass_g", "regression"),  # whole floats, some missing
        ("autompg", "origin", "classification"),  # integer codes
        ("autompg", "hp", "regression"),  # integers
        ("autompg", "mpg", "regression"),  # floats
    ],
)
def test_real_tables(candidate, dataset, name, target, kind):
    """Penguins and cars: the kind of task, and a model better than guessing."""
    X, y, new_X, new_y = halves(dataset(name), target)
    equal(candidate.task_type(y), kind)
    there = new_y.notna().to_numpy()
    model = candidate.build(X, y)
    dtype = "str" if target == "species" else "number"
    predicted = array(model.predict(new_X[there]), shape=(int(there.sum()),), dtype=dtype)
    reached = number(candidate.score(new_y[there], predicted, kind))
    holds(reached > 0.6, f"the score is {reached:.2f}")
