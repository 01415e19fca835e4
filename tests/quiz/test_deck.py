from __future__ import annotations

import json
from datetime import timedelta

from tests_records import NOON

from grader.quiz import Deck, due_times

HOUR = timedelta(hours=1)
SLUGS = ("a", "b", "c", "d")


def test_new_cards_come_in_the_order_of_the_bank() -> None:
    assert Deck(SLUGS, {}).next(NOON) == "a"
    assert Deck(SLUGS, {"a": NOON + HOUR}).next(NOON) == "b"
    assert list(Deck(SLUGS, {"a": NOON + HOUR}).new()) == ["b", "c", "d"]


def test_cards_that_are_due_come_before_new_ones_the_longest_overdue_first() -> None:
    deck = Deck(SLUGS, {"b": NOON, "d": NOON - HOUR, "c": NOON + HOUR})
    assert list(deck.ready(NOON)) == ["d", "b"]
    assert deck.next(NOON) == "d"
    assert deck.next(NOON - 2 * HOUR) == "a"


def test_where_nothing_is_due_and_nothing_new_the_next_time_is_known() -> None:
    deck = Deck(("a", "b"), {"a": NOON + 2 * HOUR, "b": NOON + HOUR, "elsewhere": NOON})
    assert deck.next(NOON) is None
    assert deck.following() == ("b", NOON + HOUR)
    assert deck.next(NOON + HOUR) == "b"


def test_before_any_rating_no_time_is_known() -> None:
    assert Deck(SLUGS, {}).following() is None
    assert Deck((), {}).next(NOON) is None


def test_due_times_are_read_from_kept_cards() -> None:
    cards = {
        "a": json.dumps({"due": NOON.isoformat()}),
        "b": json.dumps({"due": "2026-03-02T21:00:00+09:00"}),
    }
    assert due_times(cards) == {"a": NOON, "b": NOON}


def test_a_card_that_cannot_be_read_counts_as_new() -> None:
    assert (
        due_times(
            {
                "a": "{}",
                "b": "[]",
                "c": '{"due": 3}',
                "d": '{"due": "soon"}',
                "e": "x",
                "f": '{"due": "9999-12-31T23:59:59-12:00"}',
            }
        )
        == {}
    )
