from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests_terminal import on_a_terminal

Run = Callable[..., Result]
RIGHT = "def add(a, b):\n    return a + b\n"


@pytest.fixture
def work(solving: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a right answer and a bank beside it."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "add.py").write_text(RIGHT, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def grade(run: Run, *options: str | Path, **environment: str) -> Result:
    return run("grade", "add-numbers", "add.py", "--no-record", "--no-progress", *options, **environment)


def test_a_flag_comes_before_a_variable_and_that_before_a_file(run: Run, work: Path, solving: Path) -> None:
    (work / "grader.toml").write_text('format = "csv"\n', encoding="utf-8")
    known = ["--bank", solving, "--sandbox", "process"]
    assert grade(run, *known).stdout.startswith('"submission","challenge"')
    assert json.loads(grade(run, *known, GRADER_FORMAT="json").stdout)["passed"] is True
    shown = grade(run, *known, "--format", "terminal", GRADER_FORMAT="json").stdout
    assert "PASSED" in shown


def test_the_users_own_file_is_read(run: Run, work: Path, solving: Path, grader_home: Path) -> None:
    grader_home.mkdir(exist_ok=True)
    (grader_home / "grader.toml").write_text(
        f'sandbox = "process"\nbank = {json.dumps(str(solving))}\nformat = "json"\n', encoding="utf-8"
    )
    assert json.loads(grade(run).stdout)["environment"]["sandbox"] == "process"
    assert len(json.loads(run("list", "--json").stdout)) == 3


def test_wrong_settings_stop_a_command_and_all_are_named_but_help_is_given(run: Run, work: Path) -> None:
    (work / "grader.toml").write_text("sandbok = 1\nformat = 2\n", encoding="utf-8")
    result = run("list")
    assert result.exit_code == 2
    assert "grader.toml: sandbok: is not a known key; did you mean sandbox?" in result.stderr
    assert "grader.toml: format: must be one of" in result.stderr
    assert run("list", "--help").exit_code == 0
    assert run("--help").exit_code == 0


def test_a_choice_that_a_command_does_not_have_leaves_its_default(run: Run, work: Path) -> None:
    result = run("redteam", "--section", "no-such-section", GRADER_SANDBOX="process")
    assert result.exit_code != 0
    assert "'process' is not one of" not in result.stderr


@pytest.mark.parametrize("line", ["bank = '../bank'", "sandbox = 'process'"])
def test_a_file_that_may_come_from_a_candidate_unconfines_nothing(
    run: Run, work: Path, solving: Path, line: str
) -> None:
    (work / "grader.toml").write_text(line, encoding="utf-8")
    result = grade(run)
    assert result.exit_code == 2
    assert "so code would run outside a sandbox" in result.stderr
    assert str(work / "grader.toml") in result.stderr


def test_a_flag_or_a_variable_instead_of_such_a_setting_needs_no_trust(
    run: Run, work: Path, solving: Path
) -> None:
    (work / "grader.toml").write_text("bank = 'elsewhere'\nsandbox = 'process'\n", encoding="utf-8")
    assert grade(run, "--bank", solving, "--sandbox", "process").exit_code == 0
    assert grade(run, GRADER_BANK=str(solving), GRADER_SANDBOX="process").exit_code == 0


def test_looking_is_allowed_with_any_bank(run: Run, work: Path, solving: Path) -> None:
    (work / "grader.toml").write_text("bank = '../bank'", encoding="utf-8")
    assert len(json.loads(run("list", "--json").stdout)) == 3


def test_on_a_terminal_the_user_may_vouch_for_a_file_until_it_changes(
    run: Run, work: Path, solving: Path, grader_home: Path
) -> None:
    (work / "grader.toml").write_text("sandbox = 'process'\n", encoding="utf-8")
    words = [sys.executable, "-m", "grader", "grade", "add-numbers", "add.py", "--bank", str(solving)]
    where = {"cwd": work, "environment": {"GRADER_HOME": str(grader_home), "LANG": "C.UTF-8"}}
    code, shown = on_a_terminal(words, [("Do you trust this file?", "n\n")], **where)  # type: ignore[arg-type]
    assert code == 130, shown
    code, shown = on_a_terminal(words, [("Do you trust this file?", "y\n")], **where)  # type: ignore[arg-type]
    assert code == 0, shown
    assert grade(run, "--bank", solving).exit_code == 0
    (work / "grader.toml").write_text("sandbox = 'process'\nruntime = 'x'\n", encoding="utf-8")
    assert grade(run, "--bank", solving).exit_code == 2


def test_a_workspace_that_the_grader_made_needs_no_trust(run: Run, workspace: Path) -> None:
    (workspace / "solution.py").write_text(RIGHT, encoding="utf-8")
    assert run("check", "--sandbox", "process").exit_code == 0
