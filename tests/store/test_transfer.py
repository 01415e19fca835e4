from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests_records import NOON, report

from grader.errors import StateError
from grader.store import Store
from grader.store.schema import schema

LATER = NOON + timedelta(days=1)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "other") as opened:
        yield opened


def fill(store: Store, folder: Path) -> None:
    store.mark_started("a", folder, NOON)
    store.add_attempt(report("a", passed=2, error=0.9))
    store.add_attempt(report("a", error=0.5, when=LATER))
    store.add_attempt(report("b", infrastructure="no sandbox"))
    store.show_hint("b", LATER)
    store.see_answer("b", LATER, gave_up=True)
    store.rate("c", '{"due": "2026-03-04T00:00:00+00:00", "step": null}', 2, NOON)
    store.remember("own-machine", "yes")


SCHEMA = Path(__file__).parents[2] / "schemas" / "grader-state-v1.schema.json"


def exported(store: Store) -> Any:
    """As it is after a way through a file."""
    return json.loads(json.dumps(store.export()))


def record(store: Store) -> tuple[object, ...]:
    return store.attempts(), store.events(), store.reviews(), store.cards()


def test_what_was_exported_is_there_after_an_import(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    assert other.merge(exported(store)) == 8
    got, had = record(other), record(store)
    assert [json.loads(one.report) for one in other.attempts()] == [
        json.loads(one.report) for one in store.attempts()
    ]
    assert got[1:3] == had[1:3]
    assert {slug: json.loads(card) for slug, card in other.cards().items()} == {
        slug: json.loads(card) for slug, card in store.cards().items()
    }
    assert other.state("b") == store.state("b")


def test_importing_twice_adds_nothing(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    other.merge(exported(store))
    before = record(other)
    assert other.merge(exported(store)) == 0
    assert store.merge(exported(store)) == 0
    assert record(other) == before


def test_two_machines_that_exchange_exports_know_the_same(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    other.add_attempt(report("a", when=LATER + timedelta(hours=1)))
    other.show_hint("b", NOON)
    other.show_hint("b", NOON)
    here, there = exported(store), exported(other)
    assert (store.merge(there), other.merge(here)) == (3, 8)
    assert [one.started for one in store.attempts()] == [one.started for one in other.attempts()]
    assert store.state("a").attempts == other.state("a").attempts == 3
    assert store.state("b").hints == other.state("b").hints == 2  # both showed the first hint


def test_what_belongs_to_one_machine_stays_there(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    text = json.dumps(store.export())
    assert str(tmp_path) not in text
    assert "own-machine" not in text
    other.merge(exported(store))
    assert other.state("a").folder is None
    assert other.recall("own-machine") is None


def test_an_empty_record_is_exported_too(store: Store, other: Store) -> None:
    assert exported(store) == {"format": "grader/state/v1", "attempts": [], "events": [], "reviews": []}
    assert other.merge(exported(store)) == 0


def test_an_export_fits_the_published_schema(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == json.loads(schema())
    jsonschema.Draft202012Validator(published).validate(exported(store))


def test_times_of_other_zones_are_the_same_times(store: Store, other: Store) -> None:
    store.show_hint("a", NOON)
    data = exported(store)
    data["events"][0]["at"] = "2026-03-02T21:00:00+09:00"
    other.merge(data)
    assert other.events() == store.events()


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_added(
    store: Store, other: Store, tmp_path: Path
) -> None:
    fill(store, tmp_path)
    data = exported(store)
    data["attempts"][0]["points"] = "many"
    data["events"][1]["at"] = "2026-03-02T12:00:00"
    data["reviews"][0]["rating"] = 5
    data["extra"] = 1
    with pytest.raises(StateError) as caught:
        other.merge(data)
    for part in (
        "attempts.0.points: ",
        "events.1.at: ",
        "distance from UTC",
        "reviews.0.rating: ",
        "extra: ",
    ):
        assert part in str(caught.value)
    assert caught.value.exit_code == 2
    assert other.export() == {"format": "grader/state/v1", "attempts": [], "events": [], "reviews": []}


def change(data: Any, path: list[str | int], value: object) -> Any:
    changed = copy.deepcopy(data)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["attempts", 0, "slug"], "../../etc"),
        (["attempts", 0, "uid"], "1"),
        (["attempts", 0, "status"], "won"),
        (["attempts", 0, "points"], -1),
        (["attempts", 0, "metrics"], {"error": None}),
        (["attempts", 0, "report"], {}),
        (["attempts", 0, "report", "checks", 0, "verdict"], "won"),
        (["attempts", 0, "official"], 1),
        (["attempts", 0, "started"], "yesterday"),
        (["attempts", 0, "started"], "9999-12-31T23:59:59-12:00"),
        (["attempts", 0, "seconds"], 1e300),
        (["events", 0, "kind"], "folder"),
        (["events", 0, "number"], 10**9),
        (["reviews", 0, "card"], "text"),
        (["format"], "grader/state/v2"),
        (["format"], None),
    ],
)
def test_a_file_with_a_value_that_cannot_be_is_refused(
    store: Store, other: Store, tmp_path: Path, path: list[str | int], value: object
) -> None:
    fill(store, tmp_path)
    with pytest.raises(StateError):
        other.merge(change(exported(store), path, value))
    assert record(other) == ((), (), (), {})


@pytest.mark.parametrize("data", [None, [], "x", {}, {"format": "grader/result/v1"}, float("nan"), {1, 2}])
def test_what_is_no_export_is_refused(store: Store, data: object) -> None:
    with pytest.raises(StateError, match=r"^this is "):
        store.merge(data)
