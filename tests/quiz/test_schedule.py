from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from tests_records import NOON

from grader.quiz import due_times
from grader.quiz.schedule import RATINGS, rated

AGAIN, HARD, GOOD, EASY = RATINGS
DAY = timedelta(days=1)


def learned(*ratings: int) -> tuple[str, datetime]:
    """A card that was rated so, each time when it was due."""
    card, now = None, NOON
    for rating in ratings:
        card, now = rated("a", card, rating, now)
    assert card is not None
    return card, now


def test_the_better_it_went_the_later_it_comes_again() -> None:
    waits = [rated("a", None, rating, NOON)[1] - NOON for rating in RATINGS]
    assert waits == sorted(waits)
    assert waits[0] < timedelta(minutes=2)
    assert waits[-1] > 3 * DAY


def test_intervals_grow_while_it_goes_well() -> None:
    card, now, waits = None, NOON, []
    for _ in range(6):
        card, due = rated("a", card, GOOD, now)
        waits.append(due - now)
        now = due
    assert waits == sorted(waits)
    assert waits[-1] > 20 * DAY


def test_a_lapse_brings_it_back_within_the_hour() -> None:
    card, now = learned(GOOD, GOOD, GOOD, GOOD)
    _, due = rated("a", card, AGAIN, now)
    assert due - now < timedelta(hours=1)


def test_the_same_ratings_at_the_same_times_give_the_same_card() -> None:
    ratings = (GOOD, GOOD, EASY, HARD, GOOD)
    assert learned(*ratings) == learned(*ratings)


def test_when_a_card_is_due_stands_in_its_json() -> None:
    card, due = learned(GOOD, EASY)
    assert due_times({"a": card}) == {"a": due}


KEPT = {"card_id": 1, "state": 2, "step": None, "stability": 5.0, "difficulty": 5.0}
KEPT |= {"due": NOON.isoformat(), "last_review": (NOON - 5 * DAY).isoformat()}


@pytest.mark.parametrize(
    "card",
    [
        "{}",
        "x",
        "[]",
        *(
            json.dumps(KEPT | change)
            for change in (
                {"state": 9},
                {"state": 3},
                {"state": 3, "step": "one"},
                {"stability": -5.0},
                {"stability": None},
                {"difficulty": 1e300},
                {"last_review": None},
                {"due": "soon"},
                {"last_review": "2026-03-02T12:00:00"},
            )
        ),
    ],
)
def test_a_card_that_cannot_be_read_starts_anew(card: str) -> None:
    assert rated("a", card, GOOD, NOON) == rated("a", None, GOOD, NOON)


def test_a_kept_card_is_not_new() -> None:
    assert rated("a", json.dumps(KEPT), GOOD, NOON) != rated("a", None, GOOD, NOON)


def test_a_card_of_a_clock_that_was_ahead_can_be_rated() -> None:
    card, _ = learned(GOOD, GOOD, GOOD)
    _, due = rated("a", card, GOOD, NOON - 30 * DAY)
    assert due > NOON - 30 * DAY


def test_a_rating_must_be_one_of_four() -> None:
    with pytest.raises(ValueError, match="5"):
        rated("a", None, 5, NOON)


def test_cards_of_different_questions_have_different_ids() -> None:
    ids = {json.loads(rated(slug, None, GOOD, NOON)[0])["card_id"] for slug in ("a", "b", "c")}
    assert len(ids) == 3


def test_choosing_a_card_does_not_load_the_scheduler() -> None:
    program = "import sys, grader.quiz; print('fsrs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
