from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from tests_records import NOON

from grader.progress.days import BREAK, DAY, Moment, Streak, by_day, level, spent, streak, weeks

TODAY = date(2026, 3, 4)  # a Wednesday
MINUTE = timedelta(minutes=1)


def at(minutes: float, slug: str = "a", seconds: float = 0.0) -> Moment:
    return Moment(NOON + minutes * MINUTE, slug, seconds)


# Time spent.


def test_nothing_done_takes_no_time() -> None:
    assert spent([]) == {}


def test_the_time_before_something_is_done_is_counted() -> None:
    assert spent([at(0), at(20), at(30)]) == {"a": 30 * 60}


def test_a_long_pause_is_not_counted() -> None:
    assert spent([at(0), at(60), at(121)]) == {"a": 60 * 60}


def test_time_goes_to_the_challenge_that_it_led_up_to() -> None:
    assert spent([at(0, "a"), at(10, "b"), at(15, "a")]) == {"a": 5 * 60, "b": 10 * 60}


def test_the_order_in_which_moments_are_given_does_not_matter() -> None:
    assert spent([at(30), at(0), at(20)]) == {"a": 30 * 60}


def test_the_time_that_grading_took_is_counted_once() -> None:
    assert spent([at(0, seconds=60), at(10)]) == {"a": 10 * 60}
    assert spent([at(0, seconds=60)]) == {"a": 60}


@given(st.lists(st.tuples(st.integers(0, 5000), st.sampled_from("abc"), st.integers(0, 300))))
def test_no_time_is_counted_twice(rows: list[tuple[int, str, int]]) -> None:
    """However runs overlap, the total is at most the time from the first moment to the last end."""
    moments = [at(minutes, slug, seconds) for minutes, slug, seconds in rows]
    total = sum(spent(moments).values())
    if moments:
        first = min(one.at for one in moments)
        last = max(one.at + timedelta(seconds=one.seconds) for one in moments)
        assert 0 <= total <= (last - first).total_seconds() + 1e-6


def test_a_break_is_an_hour() -> None:
    assert timedelta(hours=1) == BREAK


# Days in a row.


def days(*ago: int) -> list[date]:
    return [TODAY - one * DAY for one in ago]


def test_no_day_is_no_streak() -> None:
    assert streak([], TODAY) == Streak(0, 0, False)


def test_a_streak_goes_on_until_the_day_is_over() -> None:
    assert streak(days(0, 1, 2), TODAY) == Streak(3, 3, True)
    assert streak(days(1, 2), TODAY) == Streak(2, 2, False)
    assert streak(days(2, 3), TODAY) == Streak(0, 2, False)


def test_the_longest_streak_may_be_an_earlier_one() -> None:
    assert streak(days(0, 5, 6, 7, 8, 10), TODAY) == Streak(1, 4, True)


def test_a_streak_crosses_months_and_years() -> None:
    first = date(2026, 1, 1)
    assert streak([first - DAY, first, first - 2 * DAY], first).current == 3


def test_days_begin_and_end_where_the_user_is() -> None:
    late = Moment(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "a")
    assert by_day([late], UTC) == {date(2026, 3, 2): 1}
    assert by_day([late, late], timezone(timedelta(hours=1))) == {date(2026, 3, 3): 2}


# The calendar.


def test_weeks_begin_on_monday_and_end_with_the_current_one() -> None:
    shown = weeks(TODAY, 3)
    assert [len(week) for week in shown] == [7, 7, 7]
    assert shown[0][0] == date(2026, 2, 16)
    assert shown[-1] == tuple(date(2026, 3, 2) + n * DAY for n in range(7))


def test_a_level_is_the_share_of_the_busiest_day() -> None:
    assert [level(count, 8) for count in range(9)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert [level(count, 2) for count in range(3)] == [0, 1, 2]  # one thing is not a busy day
    assert level(100, 100) == 4
