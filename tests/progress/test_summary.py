from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from tests_records import ERROR, NOON, challenge, report

from grader.progress import Best, Group, Progress, Record, summarise
from grader.progress.days import Streak
from grader.store import Store

HOUR = timedelta(hours=1)
BANK = (
    replace(challenge("a", metrics=(ERROR,)), topic="metrics", difficulty="easy"),
    replace(challenge("b"), topic="metrics", difficulty="hard"),
    replace(challenge("c"), topic="production", difficulty="easy"),
)


def summary(store: Store, *, days: int = 0) -> Progress:
    return summarise(BANK, Record.of(store), NOON + days * 24 * HOUR, UTC)


def test_nothing_was_done_yet(store: Store) -> None:
    found = summary(store)
    assert (found.solved, found.total, found.attempts, found.seconds) == (0, 3, 0, 0)
    assert found.streak == Streak(0, 0, False)
    assert found.lines == ()
    assert found.topics == (Group("metrics", 0, 2, 0, 0.0), Group("production", 0, 1, 0, 0.0))
    assert found == summarise(BANK, Record(), NOON, UTC)


def test_what_was_done_is_counted_by_topic_and_difficulty(store: Store) -> None:
    store.add_attempt(report("a", passed=1))
    store.add_attempt(report("a", when=NOON + 0.5 * HOUR))
    store.add_attempt(report("c", passed=0, when=NOON + 1 * HOUR))
    store.show_hint("b", NOON + 1.5 * HOUR)
    found = summary(store)
    assert (found.solved, found.attempts, found.hints) == (1, 3, 1)
    assert [(one.name, one.solved, one.total, one.attempts) for one in found.topics] == [
        ("metrics", 1, 2, 2),
        ("production", 0, 1, 1),
    ]
    assert [(one.name, one.solved, one.total) for one in found.difficulties] == [
        ("easy", 1, 2),
        ("hard", 0, 1),
    ]
    assert [one.seconds for one in found.topics] == pytest.approx([3600, 1800], abs=5)
    assert sum(one.seconds for one in found.topics) == pytest.approx(found.seconds)
    assert found.days == {date(2026, 3, 2): 4}


def test_a_challenge_has_a_line_once_something_was_done_with_it(store: Store) -> None:
    store.add_attempt(report("c", passed=2))
    store.add_attempt(report("a", passed=1, when=NOON + HOUR))
    store.add_attempt(report("a", passed=3, when=NOON + 2 * HOUR))
    store.add_attempt(report("a", infrastructure="no sandbox", when=NOON + 3 * HOUR))
    lines = summary(store).lines
    assert [line.challenge.slug for line in lines] == ["a", "c"]  # in the bank's order
    assert [line.shares for line in lines] == [(0.25, 0.75), (0.5,)]
    assert [line.state.attempts for line in lines] == [2, 1]


def test_the_best_metric_is_the_lowest_where_lower_is_better(store: Store) -> None:
    for number, error in enumerate((0.9, 0.7, 0.8)):
        store.add_attempt(report("a", error=error, when=NOON + number * HOUR))
    assert summary(store).lines[0].best == (Best(ERROR, 0.7, True),)


def test_the_best_metric_is_the_highest_where_higher_is_better(store: Store) -> None:
    higher = replace(ERROR, better="higher", zero=0.1, passing=0.95, full=0.99)
    for number, error in enumerate((0.9, 0.7)):
        store.add_attempt(report("a", error=error, when=NOON + number * HOUR))
    found = summarise([replace(BANK[0], metrics=(higher,))], Record.of(store), NOON, UTC)
    assert found.lines[0].best == (Best(higher, 0.9, False),)


def test_a_metric_that_was_never_recorded_has_no_best(store: Store) -> None:
    store.add_attempt(report("a"))
    assert summary(store).lines[0].best == ()


def test_visible_checks_and_failures_of_the_grader_are_activity_and_no_attempts(store: Store) -> None:
    store.add_attempt(report("a"), suite="visible")
    store.add_attempt(report("b", infrastructure="no sandbox", when=NOON - 24 * HOUR))
    found = summary(store)
    assert (found.solved, found.attempts, found.streak.current) == (0, 0, 2)


def test_quiz_cards_are_counted_once_each(store: Store) -> None:
    for number, slug in enumerate(("a", "a", "b", "gone")):
        store.rate(slug, "{}", 3, NOON + number * HOUR)
    assert summary(store).cards == 2


def test_attempts_at_challenges_that_are_gone_are_told_apart(store: Store) -> None:
    store.add_attempt(report("gone"))
    store.add_attempt(report("gone", infrastructure="no sandbox"))
    found = summary(store)
    assert (found.absent, found.attempts, found.streak.current) == (1, 0, 1)


def test_a_streak_ends_as_days_go_by(store: Store) -> None:
    store.add_attempt(report("a"))
    assert [summary(store, days=n).streak.current for n in range(3)] == [1, 1, 0]
