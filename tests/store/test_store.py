from __future__ import annotations

import json
import math
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from tests_records import NOON, report

from grader.model import Status
from grader.store import Attempt, ChallengeState, Event, Review, Store
from grader.store.values import to_text, to_time

LATER = NOON + timedelta(hours=1)
SLUG = "f1-by-hand"


def test_importing_the_store_loads_no_slow_library() -> None:
    program = (
        "import sys, grader.store; print(*{'pydantic', 'rich', 'numpy', 'pandas', 'fsrs'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


# Attempts.


def test_what_is_kept_of_an_attempt(store: Store) -> None:
    store.add_attempt(report(error=0.7))
    [kept] = store.attempts()
    told = json.loads(kept.report)
    assert kept == Attempt(
        slug=SLUG,
        challenge_digest="sha256:" + "c" * 64,
        submission_digest="sha256:" + "5" * 64,
        status=Status.PASSED,
        points=kept.points,
        points_possible=8.0,
        metrics=(("error", 0.7),),
        started=NOON,
        seconds=1.5,
        suite="all",
        sandbox="bubblewrap",
        official=True,
        report=kept.report,
    )
    assert kept.points == pytest.approx(4 + 4 * 0.75)
    assert told["format"] == "grader/result/v1"
    assert told["audience"] == "candidate"
    assert "42" not in kept.report


def test_what_only_staff_may_know_is_not_in_the_kept_report(store: Store) -> None:
    store.add_attempt(report(passed=0))
    assert "expected value" not in store.attempts()[0].report


def test_attempts_come_oldest_first_and_by_challenge(store: Store) -> None:
    for slug, when in (("b", LATER), ("a", LATER), ("a", NOON)):
        store.add_attempt(report(slug, when=when))
    assert [(one.slug, one.started) for one in store.attempts()] == [("a", NOON), ("b", LATER), ("a", LATER)]
    assert [one.started for one in store.attempts("a")] == [NOON, LATER]
    assert store.attempts("c") == ()


def test_adding_says_how_many_attempts_there_are_at_this_challenge(store: Store) -> None:
    store.add_attempt(report("other"))
    assert [store.add_attempt(report(passed=n)) for n in (1, 2)] == [1, 2]


def test_a_failure_of_the_grader_is_kept_and_does_not_count(store: Store) -> None:
    assert store.add_attempt(report(infrastructure="no sandbox")) == 0
    [kept] = store.attempts()
    assert (kept.status, kept.counts, kept.share) == (Status.INFRASTRUCTURE, False, None)
    assert store.state(SLUG) == ChallengeState(SLUG, last=NOON)


def test_a_run_of_some_checks_is_kept_and_does_not_count(store: Store) -> None:
    assert store.add_attempt(report(), suite="visible") == 0
    assert [(one.suite, one.passed) for one in store.attempts()] == [("visible", False)]
    assert store.state(SLUG).label == "new"


def test_a_run_without_isolation_counts_and_is_marked(store: Store) -> None:
    assert store.add_attempt(report(sandbox="process")) == 1
    assert [one.official for one in store.attempts()] == [False]
    assert store.state(SLUG).label == "solved"


def test_a_metric_that_is_not_finite_is_not_kept(store: Store) -> None:
    store.add_attempt(report(error=math.inf))
    assert store.attempts()[0].metrics == ()


# What is known of a challenge.


def test_nothing_is_known_of_a_new_challenge(store: Store) -> None:
    assert store.state(SLUG) == ChallengeState(SLUG)
    assert store.state(SLUG).label == "new"
    assert store.states() == {}


def test_a_start_is_remembered_with_its_folder(store: Store, tmp_path: Path) -> None:
    store.mark_started(SLUG, tmp_path / "first", NOON)
    store.mark_started(SLUG, tmp_path / "second", LATER)
    known = store.state(SLUG)
    assert known == ChallengeState(SLUG, folder=tmp_path / "second", started=NOON, last=LATER)
    assert known.label == "started"


def test_a_relative_folder_is_kept_as_an_absolute_one(store: Store) -> None:
    store.mark_started(SLUG, Path("here"), NOON)
    assert store.state(SLUG).folder == Path.cwd() / "here"


def test_the_best_attempt_and_the_first_that_passed_are_known(store: Store) -> None:
    for passed, hours in ((1, 0), (3, 1), (2, 2)):
        store.add_attempt(report(passed=passed, when=NOON + timedelta(hours=hours)))
    assert (store.state(SLUG).best, store.state(SLUG).attempts) == (0.75, 3)
    assert (store.state(SLUG).label, store.state(SLUG).solved) == ("tried", None)
    for hours in (3, 4):
        store.add_attempt(report(when=NOON + timedelta(hours=hours)))
    known = store.state(SLUG)
    assert (known.label, known.best, known.solved) == ("solved", 1.0, NOON + timedelta(hours=3))
    assert known.last == NOON + timedelta(hours=4)


def test_hints_are_counted_one_by_one(store: Store) -> None:
    assert [store.show_hint(SLUG, NOON), store.show_hint("other", NOON), store.show_hint(SLUG, LATER)] == [
        1,
        1,
        2,
    ]
    assert store.state(SLUG).hints == 2


def test_seeing_the_answer_is_not_giving_up(store: Store) -> None:
    store.see_answer(SLUG, NOON, gave_up=False)
    known = store.state(SLUG)
    assert (known.answer_seen, known.gave_up, known.label) == (True, False, "new")


def test_giving_up_is_remembered_until_it_is_solved(store: Store) -> None:
    store.add_attempt(report(passed=0))
    store.see_answer(SLUG, NOON, gave_up=True)
    assert (store.state(SLUG).gave_up, store.state(SLUG).label) == (True, "given up")
    store.add_attempt(report(when=LATER))
    assert (store.state(SLUG).gave_up, store.state(SLUG).label) == (True, "solved")


def test_all_states_are_those_of_the_single_ones(store: Store, tmp_path: Path) -> None:
    store.add_attempt(report("a", passed=2))
    store.mark_started("b", tmp_path, NOON)
    store.rate("c", "{}", 3, NOON)
    assert store.states() == {slug: store.state(slug) for slug in "abc"}


def test_events_come_oldest_first(store: Store) -> None:
    store.see_answer(SLUG, LATER, gave_up=True)
    store.show_hint(SLUG, NOON)
    assert store.events(SLUG) == store.events()
    assert store.events() == (
        Event(SLUG, "hint", 1, NOON),
        Event(SLUG, "answer", 0, LATER),
        Event(SLUG, "gave_up", 0, LATER),
    )


# Forgetting.


def fill(store: Store, folder: Path) -> None:
    for slug in ("a", "b"):
        store.mark_started(slug, folder, NOON)
        store.show_hint(slug, NOON)
        store.add_attempt(report(slug))
        store.rate(slug, "{}", 3, NOON)
    store.remember("greeted", "yes")
    store.remember("failed:a", "[]")


def test_one_challenge_can_be_forgotten(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    other = store.state("b")
    assert store.reset("a") == 6  # with the note of where its folder is, and of what failed
    assert store.states() == {"b": other}
    assert (store.attempts("a"), store.card("a"), store.card("b")) == ((), None, "{}")
    assert (store.recall("greeted"), store.recall("failed:a")) == ("yes", None)
    assert store.reset("a") == 0


def test_everything_can_be_forgotten(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    assert store.reset(None) == 12
    assert (store.states(), store.attempts(), store.cards(), store.recall("greeted")) == ({}, (), {}, None)


# Small answers and cards.


def test_a_small_answer_is_remembered_until_it_changes(store: Store) -> None:
    assert store.recall("process") is None
    store.remember("process", "yes")
    store.remember("process", "no")
    assert store.recall("process") == "no"


def test_a_card_is_what_the_latest_rating_made_of_it(store: Store) -> None:
    assert store.card(SLUG) is None
    store.rate(SLUG, '{"n": 2}', 4, LATER)
    store.rate(SLUG, '{"n": 1}', 1, NOON)  # as when another machine's ratings are imported
    assert store.card(SLUG) == '{"n": 2}'
    assert store.reviews() == store.reviews(SLUG) == (Review(SLUG, 1, NOON), Review(SLUG, 4, LATER))


def test_what_one_process_wrote_the_next_reads(tmp_path: Path) -> None:
    with Store(tmp_path) as first:
        fill(first, tmp_path)
        states = first.states()
    with Store(tmp_path) as second:
        assert second.states() == states


# Times.


def test_times_are_kept_in_utc() -> None:
    tokyo = datetime(2026, 3, 2, 21, 0, tzinfo=timezone(timedelta(hours=9)))
    assert to_text(tokyo) == "2026-03-02T12:00:00.000000+00:00"
    assert to_time(to_text(tokyo)) == NOON
    assert str(to_time("2026-03-02T12:00:00Z").tzinfo) == "UTC"


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        store.show_hint(SLUG, datetime(2026, 3, 2, 12))
    assert store.state(SLUG).hints == 0
