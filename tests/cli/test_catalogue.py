from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import Result

from grader.bank import Bank
from grader.cli.catalogue import table
from grader.cli.marks import ASCII
from grader.kit.overview import Outline, outlines
from grader.store import ChallengeState, Store

Run = Callable[..., Result]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def slugs(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line[6:].split()[0] for line in result.stdout.splitlines()[1:]]


def known(bank: Path, **states: ChallengeState) -> list[tuple[Outline, ChallengeState]]:
    return [
        (one, states.get(one.slug.partition("-")[0], ChallengeState(one.slug)))
        for one in outlines(Bank.at(bank))
    ]


def test_challenges_are_listed_by_question_with_extra_ones_last(run: Run, bank: Path) -> None:
    result = run("list", "--bank", bank)
    assert slugs(result) == ["walk-downhill", "add-numbers", "extra-one"]
    assert result.stderr == ""


def test_columns_are_aligned_and_a_mark_and_a_word_say_the_state(bank: Path) -> None:
    solved = ChallengeState("add-numbers", attempts=2, best=1.0, solved=NOON, last=NOON)
    assert list(table(known(bank, add=solved), None)) == [
        "  no  challenge      topic         level   min  state   title",
        "\u00b7  3  walk-downhill  optimisation  hard     40  new     Walk downhill, step by step, to the bottom",
        "\u2713  7  add-numbers    metrics       easy      5  solved  Add two numbers",
        "\u00b7     extra-one      metrics       medium  120  new     Something more",
    ]


def test_titles_are_left_out_where_there_is_no_room(bank: Path) -> None:
    lines = list(table(known(bank), 80))
    assert max(map(len, lines)) <= 80
    assert lines[0].endswith("state")


def test_the_grader_s_own_bank_fits_80_columns_whatever_the_states() -> None:
    rows = [(one, ChallengeState(one.slug, gave_up=True)) for one in outlines(Bank.default())]
    lines = list(table(rows, 80, ASCII))
    assert max(map(len, lines)) <= 80
    assert len(lines) == 26
    assert lines[1].startswith("-  1  learn-the-rule ")
    assert lines[1].endswith(" given up")


def test_colour_adds_to_the_words_and_replaces_none(bank: Path) -> None:
    solved = ChallengeState("add-numbers", attempts=2, best=1.0, solved=NOON, last=NOON)
    plain, coloured = (list(table(known(bank, add=solved), 80, color=color)) for color in (False, True))
    assert [click.unstyle(line) for line in coloured] == plain
    assert coloured[2] != plain[2]


@pytest.mark.parametrize("by", ["topic", "difficulty", "state"])
def test_the_order_can_be_chosen(run: Run, bank: Path, grader_home: Path, by: str) -> None:
    with Store(grader_home) as store:
        store.mark_started("walk-downhill", bank, NOON)
    expected = {
        "topic": ["add-numbers", "extra-one", "walk-downhill"],
        "difficulty": ["add-numbers", "extra-one", "walk-downhill"],
        "state": ["add-numbers", "extra-one", "walk-downhill"],
    }
    assert slugs(run("list", "--bank", bank, "--by", by)) == expected[by]


def test_the_list_can_be_narrowed_to_a_state(run: Run, bank: Path, grader_home: Path) -> None:
    with Store(grader_home) as store:
        store.mark_started("add-numbers", bank, NOON)
        store.see_answer("extra-one", NOON, gave_up=True)
    assert slugs(run("list", "--bank", bank, "--state", "started")) == ["add-numbers"]
    assert slugs(run("list", "--bank", bank, "--state", "given up")) == ["extra-one"]
    found = {one["slug"]: one["state"] for one in json.loads(run("list", "--bank", bank, "--json").stdout)}
    assert found == {"add-numbers": "started", "extra-one": "given up", "walk-downhill": "new"}


def test_looking_leaves_no_trace(run: Run, bank: Path, grader_home: Path) -> None:
    assert run("list", "--bank", bank).exit_code == 0
    assert not grader_home.exists()


def test_an_empty_list_says_so(run: Run, bank: Path) -> None:
    result = run("list", "--bank", bank, "--state", "tried")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No challenge" in result.stderr


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--topic", "metrics"], ["add-numbers", "extra-one"]),
        (["--difficulty", "hard"], ["walk-downhill"]),
        (["--topic", "optimisation", "--difficulty", "hard"], ["walk-downhill"]),
    ],
)
def test_the_list_can_be_narrowed(run: Run, bank: Path, options: list[str], expected: list[str]) -> None:
    assert slugs(run("list", "--bank", bank, *options)) == expected


def test_an_unknown_topic_is_a_usage_error_that_names_the_topics(run: Run, bank: Path) -> None:
    result = run("list", "--bank", bank, "--topic", "cooking")
    assert result.exit_code == 2
    assert "there is metrics, optimisation" in result.stderr


def test_json_has_everything_and_nothing_else_on_standard_output(run: Run, bank: Path) -> None:
    found = json.loads(run("list", "--bank", bank, "--json").stdout)
    assert [one["slug"] for one in found] == ["walk-downhill", "add-numbers", "extra-one"]
    assert found[1]["functions"] == ["add"]
    assert found[1]["minutes"] == 5
    assert found[2]["question"] is None


def test_the_bank_may_be_named_by_the_environment(run: Run, bank: Path) -> None:
    assert len(slugs(run("list", GRADER_BANK=str(bank)))) == 3


def test_what_is_not_a_bank_is_an_error(run: Run, tmp_path: Path) -> None:
    result = run("list", "--bank", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "no such folder" in result.stderr
