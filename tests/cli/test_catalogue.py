from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from grader.bank import Bank
from grader.cli.catalogue import table

Run = Callable[..., Result]


def slugs(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line[4:].split()[0] for line in result.stdout.splitlines()[1:]]


def test_challenges_are_listed_by_question_with_extra_ones_last(run: Run, bank: Path) -> None:
    result = run("list", "--bank", bank)
    assert slugs(result) == ["walk-downhill", "add-numbers", "extra-one"]
    assert result.stderr == ""


def test_columns_are_aligned(run: Run, bank: Path) -> None:
    lines = run("list", "--bank", bank).stdout.splitlines()
    assert lines == [
        "no  challenge      topic         difficulty  min  title",
        " 3  walk-downhill  optimisation  hard         40  Walk downhill, step by step, to the bottom",
        " 7  add-numbers    metrics       easy          5  Add two numbers",
        "    extra-one      metrics       medium      120  Something more",
    ]


def test_titles_are_cut_to_the_width_of_a_terminal(bank: Path) -> None:
    lines = list(table(Bank.at(bank).all(), 80))
    assert max(map(len, lines)) <= 80
    assert lines[1].endswith("by step,…")
    assert lines[2].endswith("Add two numbers")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--topic", "metrics"], ["add-numbers", "extra-one"]),
        (["--difficulty", "hard"], ["walk-downhill"]),
        (["--topic", "metrics", "--difficulty", "hard"], []),
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
