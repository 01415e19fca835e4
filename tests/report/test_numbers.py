from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.numbers import figure, points, seconds


@pytest.mark.parametrize(
    ("value", "shown"),
    [(12.0, "12"), (7.5, "7.5"), (11.999, "11.99"), (0.1 + 0.2, "0.3"), (100.0, "100"), (0, "0")],
)
def test_points_have_two_decimals_at_most_and_are_not_rounded_up(value: float, shown: str) -> None:
    assert points(value) == shown


@given(st.integers(0, 100_000))
def test_hundredths_are_shown_as_they_are(value: int) -> None:
    assert float(points(value / 100)) == value / 100


@pytest.mark.parametrize(("value", "shown"), [(0.44, "0.4 s"), (5.0, "5 s"), (12.4, "12 s")])
def test_seconds_have_a_unit(value: float, shown: str) -> None:
    assert seconds(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.75, "0.75"), (0.6123456, "0.6123"), (1.0, "1"), (4.2e-7, "4.2e-07"), (123.456, "123.5")],
)
def test_figures_have_four_digits(value: float, shown: str) -> None:
    assert figure(value) == shown


def test_a_figure_just_beside_a_threshold_does_not_read_like_it() -> None:
    assert figure(0.75004, [0.75]) == "0.75004"
    assert figure(0.75, [0.75]) == "0.75"
