from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests_program import program, typed
from tests_records import NOON, report

from grader.store import Store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Store(tmp_path / "home") as store:
        store.add_attempt(report())
        store.rate("f1-by-hand", '{"due": "2026-03-03T00:00:00+00:00"}', 3, NOON)
    return tmp_path / "home"


def test_a_record_goes_through_a_file_to_another_machine(home: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "state.json", str(tmp_path / "other")
    done = typed("export", file, GRADER_HOME=str(home))
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))["format"] == "grader/state/v1"
    assert typed("import", file, GRADER_HOME=other).stderr == "Added 2 rows.\n"
    assert typed("import", file, GRADER_HOME=other).stderr == "Added nothing; it was all here.\n"
    with Store(home) as first, Store(tmp_path / "other") as second:
        assert first.states() == second.states()


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_a_record_goes_through_pipes(home: Path, tmp_path: Path, arguments: list[str]) -> None:
    out = program("export", *arguments, GRADER_HOME=str(home), PYTHONIOENCODING="ascii")
    assert (out.returncode, out.stderr) == (0, "")
    done = program("import", "-", keys=out.stdout, GRADER_HOME=str(tmp_path / "other"))
    assert (done.returncode, done.stderr) == (0, "Added 2 rows.\n")


def test_a_file_that_is_there_is_replaced_as_a_whole(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text("x" * 100_000)
    typed("export", file, GRADER_HOME=str(home))
    assert len(json.loads(file.read_text(encoding="utf-8"))["attempts"]) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("{}", "format: Field required"),
        ('{"format": "grader/result/v1"}', "what can be imported is 'grader/state/v1'"),
        ('{"format": "grader/state/v1", "attempts": 3, "events": {}, "reviews": []}', "events: "),
    ],
)
def test_a_wrong_file_is_refused_by_name(home: Path, tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content)
    done = typed("import", file, GRADER_HOME=str(home))
    assert done.returncode == 2
    assert str(file) in done.stderr
    assert said in done.stderr


def test_a_file_that_is_not_there_is_told(home: Path, tmp_path: Path) -> None:
    done = typed("import", tmp_path / "none.json", GRADER_HOME=str(home))
    assert done.returncode == 2
    assert "No such file" in done.stderr


def test_an_export_to_a_folder_that_is_not_there_is_told(home: Path) -> None:
    done = typed("export", "nowhere/state.json", GRADER_HOME=str(home))
    assert done.returncode == 2
    assert "nowhere" in done.stderr
