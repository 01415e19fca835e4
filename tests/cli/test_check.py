from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from grader.store import Store

Run = Callable[..., Result]
HALF = "def add(a, b):\n    return a + abs(b) if a else a / 0\n"
WRONG = "def add(a, b):\n    return int(a) + int(b)\n"


@pytest.fixture
def check(workspace: Path, run: Run) -> Callable[..., Result]:
    """`grader check` in a workspace with the source as its solution."""

    def run_it(source: str, *arguments: str | Path) -> Result:
        (workspace / "solution.py").write_text(source, encoding="utf-8")
        return run("check", *arguments, "--sandbox", "process", "--no-progress")

    return run_it


Check = Callable[..., Result]
RIGHT = "def add(a, b):\n    return a + b\n"


def test_right_visible_checks_end_with_0_and_say_that_others_count(check: Check) -> None:
    result = check(RIGHT)
    assert result.exit_code == 0, result.stderr
    assert "3 of 3 checks passed" in result.stdout
    assert "`grader grade` runs the hidden checks too" in result.stdout
    assert "PASSED" not in result.stdout
    assert "Negative numbers" not in result.stdout, "no hidden check ran"


def test_a_failing_one_ends_with_1_and_is_no_attempt(check: Check, grader_home: Path) -> None:
    result = check("def add(a, b):\n    raise NotImplementedError\n")
    assert result.exit_code == 1
    assert "0 of 3 checks passed" in result.stdout
    assert "`grader hint`" in result.stdout
    with Store(grader_home) as store:
        assert store.attempts("add-numbers") == ()


def test_failed_runs_what_failed_and_when_all_pass_everything(check: Check) -> None:
    assert "2 of 3 checks passed" in check(WRONG).stdout
    assert "0 of 1 check passed" in check(WRONG, "--failed").stdout
    assert "1 of 1 check passed" in check(RIGHT, "--failed").stdout
    assert "3 of 3 checks passed" in check(RIGHT, "--failed").stdout


def test_only_some_by_name(check: Check) -> None:
    assert "1 of 1 check passed" in check(RIGHT, "--only", "TEXT").stdout
    result = check(RIGHT, "--only", "nothing")
    assert result.exit_code == 2
    assert "test_example, test_text" in result.stderr


def test_json_is_all_that_is_on_standard_output_and_claims_no_pass(check: Check) -> None:
    found = json.loads(check(RIGHT, "--format", "json").stdout)
    assert found["passed"] is False
    assert [one["verdict"] for one in found["checks"]] == ["passed"] * 3


def test_it_takes_a_path_or_the_name_of_the_challenge_from_elsewhere(
    check: Check, workspace: Path, monkeypatch: pytest.MonkeyPatch, solving: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for target in ("add-numbers", workspace, workspace / "solution.py"):
        assert check(RIGHT, target, "--bank", solving).exit_code == 0


def test_outside_of_a_workspace_it_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert "grader start SLUG" in result.stderr


def test_an_unknown_challenge_is_an_error_with_the_nearest(run: Run) -> None:
    result = run("check", "f1-by-hnad")
    assert result.exit_code == 2
    assert "did you mean f1-by-hand" in result.stderr
