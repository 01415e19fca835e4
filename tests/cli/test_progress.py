from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from tests_records import report

from grader.store import Store

Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("GRADER_HOME", str(tmp_path / "home"))
    with Store(tmp_path / "home") as opened:
        yield opened


def test_what_was_done_is_shown(run: Run, bank: Path, store: Store) -> None:
    store.add_attempt(report("add-numbers", when=datetime.now(UTC)))
    result = run("progress", "--bank", bank)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 of 3 solved")
    assert "1 day, today" in result.stdout
    assert "add-numbers  solved  100 %" in result.stdout


def test_the_same_as_json(run: Run, bank: Path, store: Store) -> None:
    store.add_attempt(report("add-numbers", passed=1, when=datetime.now(UTC)))
    told = json.loads(run("progress", "--json", "--bank", bank).stdout)
    assert (told["solved"], told["challenges"], told["attempts"]) == (0, 3, 1)
    assert told["streak"] == {"current": 1, "longest": 1, "today": True}
    assert told["topics"]["metrics"]["attempts"] == 1
    [line] = told["by_challenge"]
    assert (line["slug"], line["state"], line["best"], line["shares"]) == (
        "add-numbers",
        "tried",
        0.25,
        [0.25],
    )


def test_a_page_is_written_and_nothing_printed(run: Run, bank: Path, store: Store, tmp_path: Path) -> None:
    store.add_attempt(report("add-numbers", when=datetime.now(UTC)))
    result = run("progress", "--html", tmp_path / "p.html", "--bank", bank)
    assert (result.exit_code, result.stdout) == (0, "")
    assert str(tmp_path / "p.html") in result.stderr
    assert "Add two numbers" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_a_page_and_json_can_be_had_at_once(run: Run, bank: Path, store: Store, tmp_path: Path) -> None:
    result = run("progress", "--json", "--html", tmp_path / "p.html", "--bank", bank)
    assert json.loads(result.stdout)["solved"] == 0
    assert (tmp_path / "p.html").is_file()


def test_a_page_in_a_folder_that_is_not_there_is_a_usage_error(run: Run, bank: Path, store: Store) -> None:
    result = run("progress", "--html", "nowhere/p.html", "--bank", bank)
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_looking_leaves_no_trace(run: Run, bank: Path, tmp_path: Path) -> None:
    result = run("progress", "--bank", bank, GRADER_HOME=str(tmp_path / "none"))
    assert result.exit_code == 0
    assert "0 of 3 solved" in result.stdout
    assert not (tmp_path / "none").exists()


def test_a_damaged_record_is_an_error_of_the_machine(run: Run, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(os.urandom(8192))
    result = run("progress", "--bank", bank, GRADER_HOME=str(tmp_path))
    assert result.exit_code == 3
    assert "is damaged" in result.stderr
    assert "says nothing about the submission" not in result.stderr


def test_no_colour_goes_into_a_file(run: Run, bank: Path, store: Store) -> None:
    assert "\x1b" not in run("progress", "--bank", bank).stdout
    assert "\x1b" in run("progress", "--bank", bank, FORCE_COLOR="1").stdout
    assert "\x1b" not in run("progress", "--bank", bank, FORCE_COLOR="1", NO_COLOR="1").stdout
