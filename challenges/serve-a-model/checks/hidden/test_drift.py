"""`drift`: agreement with counting bin by bin, ties, missing values, alarms, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import NEAR, drift_of

from grader.checks import close, equal, raises


def tables(rng, n, m, columns):
    """Two tables; from column to column the live one has moved farther. Even n: no value lies on a decile."""
    reference = rng.normal(size=(n, columns)) * 10.0 ** rng.integers(-2, 4, columns)
    live = rng.normal(size=(m, columns)) + np.linspace(0.0, 1.5, columns)
    return reference, live * reference.std(axis=0)


@pytest.mark.points(3)
@pytest.mark.hint(
    "Edges come from the reference alone, and both tables' counts are smoothed before they are shares."
)
@pytest.mark.parametrize(
    ("n", "m", "columns"), [(498, 377, 24), (3998, 3001, 24), (38, 41, 300), (2, 5, 4), (94, 1, 4)]
)
def test_columns_that_move(candidate, rng, n, m, columns):
    """PSI and alarms of columns from no drift to much drift, in large and small tables."""
    reference, live = tables(rng, n, m, columns)
    close(candidate.drift(reference, live), drift_of(reference, live), **NEAR)


@pytest.mark.points(2)
@pytest.mark.hint(
    "Chance alone moves the shares of small tables. Does your alarm know how many rows there are?"
)
def test_no_alarm_without_drift(candidate, rng):
    """Two small tables from one distribution: a PSI well above 0.1, and no cause for alarm."""
    expected = {"psi": np.zeros(1)}
    while not 0.2 < expected["psi"][0] < 1.2:  # as it nearly always is
        pool = rng.normal(size=78)
        reference, live = pool[:38, None], pool[38:, None]
        expected = drift_of(reference, live)
    close(candidate.drift(reference, live), expected, **NEAR)
    rows = rng.normal(size=(38, 3))
    answer = candidate.drift(rows, rows[rng.permutation(38)])
    close(answer, {"psi": np.zeros(3), "alarm": np.zeros(3, dtype=bool)}, **NEAR)


@pytest.mark.points(2)
@pytest.mark.hint(
    "The bins come from the reference alone, and an unlikely value may lie outside all it has seen."
)
def test_large_drift(candidate, rng):
    """A shift, another spread, and values far outside raise the alarm in large tables."""
    reference = rng.normal(size=(498, 4))
    live = rng.normal(size=(300, 4)) * [1.0, 3.0, 1.0, 1.0] + [1.5, 0.0, 1e6, 0.0]
    expected = drift_of(reference, live)
    answer = candidate.drift(reference, live)
    close(answer, expected, **NEAR)
    equal(answer["alarm"][:3], np.array([True, True, True]))


@pytest.mark.points(2)
@pytest.mark.hint("Missing values are a bin of their own, in both tables.")
def test_missing_values(candidate, rng):
    """Values missing now and then, more often than before, always, and never."""
    reference, live = rng.normal(size=(398, 4)), rng.normal(size=(250, 4))
    reference[:60, 0], live[:40, 0] = np.nan, np.nan
    live[:150, 1] = np.nan
    reference[:, 2] = np.nan
    live[:, 3] = np.nan
    reference, live = rng.permutation(reference), rng.permutation(live)
    close(candidate.drift(reference, live), drift_of(reference, live), **NEAR)


@pytest.mark.points(2)
@pytest.mark.hint("Equal deciles are one edge, and a value on an edge belongs below it.")
def test_repeated_values(candidate, rng):
    """Few distinct values, and a column that never varies."""
    reference, live = np.full((400, 4), 3.0), np.full((200, 4), 3.0)
    reference[:, 0], live[:, 0] = rng.permutation(np.repeat([0.0, 1.0], [255, 145])), rng.integers(0, 2, 200)
    reference[:, 1] = rng.permutation(np.repeat([1.0, 2.0, 5.0], [55, 210, 135]))
    live[:, 1] = rng.choice([0.5, 1.0, 2.0, 3.0, 5.0], 200)
    live[:, 3] = rng.choice([2.0, 3.0, 4.0], 200)
    close(candidate.drift(reference, live), drift_of(reference, live), **NEAR)


@pytest.mark.hint("Only the order of the values decides, and not that of the rows or columns.")
def test_units_do_not_matter(candidate, rng):
    """Another unit, another order of rows or columns: the same PSI."""
    reference, live = tables(rng, 94, 83, 3)
    expected = drift_of(reference, live)
    close(candidate.drift(reference * 40 - 7, live * 40 - 7), expected, **NEAR)
    close(candidate.drift(rng.permutation(reference), rng.permutation(live)), expected, **NEAR)
    turned = candidate.drift(reference[:, ::-1], live[:, ::-1])
    close(turned, {key: values[::-1] for key, values in expected.items()}, **NEAR)


@pytest.mark.parametrize(
    ("before", "now"), [((9, 3), (9, 2)), ((9, 1), (9, 3)), ((0, 2), (9, 2)), ((9, 2), (0, 2))]
)
def test_senseless_tables(candidate, rng, before, now):
    """Different numbers of columns, or a table without rows, are an error."""
    with raises(candidate, ValueError):
        candidate.drift(rng.normal(size=before), rng.normal(size=now))
