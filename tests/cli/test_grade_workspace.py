"""`grader grade` for one's own answer: attempts, and runs of a part of the checks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from grader.store import Store

Run = Callable[..., Result]
RIGHT = "def add(a, b):\n    return a + b\n"
HALF = "def add(a, b):\n    return abs(a) + abs(b)\n"


@pytest.fixture
def grade(workspace: Path, run: Run) -> Callable[..., Result]:
    """`grader grade` in a workspace with the source as its solution."""

    def run_it(source: str, *arguments: str | Path) -> Result:
        (workspace / "solution.py").write_text(source, encoding="utf-8")
        return run("grade", *arguments, "--sandbox", "process", "--no-progress")

    return run_it


Grade = Callable[..., Result]


def attempts(home: Path) -> list[str]:
    with Store(home) as store:
        return [one.status.value for one in store.attempts("add-numbers")]


def test_attempts_are_kept_and_counted_in_the_report(grade: Grade, grader_home: Path) -> None:
    first = grade(HALF)
    assert first.exit_code == 1
    assert "Attempt 1, best so far 50% of the points.\nStuck? `grader hint`" in first.stdout
    second = grade(RIGHT)
    assert second.exit_code == 0, second.stderr
    assert "Attempt 2, solved.\nNext: `grader answer`" in second.stdout
    assert attempts(grader_home) == ["failed", "passed"]


def test_challenge_and_path_are_kept_too_unless_told_not_to(
    grade: Grade, workspace: Path, grader_home: Path
) -> None:
    path = workspace / "solution.py"
    assert "Attempt 1" in grade(RIGHT, "add-numbers", path).stdout
    assert "Attempt" not in grade(RIGHT, "add-numbers", path, "--no-record").stdout
    assert attempts(grader_home) == ["passed"]


def test_somebody_elses_file_is_no_attempt_unless_told_so(
    run: Run, workspace: Path, tmp_path: Path, grader_home: Path
) -> None:
    """A hiring team grades a hundred candidates: the second is nobody's second attempt."""
    sent = tmp_path / "candidate-17"
    sent.mkdir()
    (sent / "solution.py").write_text(RIGHT, encoding="utf-8")
    (sent / "grader.toml").write_text('challenge = "add-numbers"\n', encoding="utf-8")
    words = ("grade", "add-numbers", sent, "--sandbox", "process", "--no-progress")
    assert "Attempt" not in run(*words).stdout
    assert attempts(grader_home) == []
    assert "Attempt 1" in run(*words, "--record").stdout
    assert attempts(grader_home) == ["passed"]


@pytest.mark.parametrize("options", [["--only", "negative"], ["--only", "test_"], ["--failed"]])
def test_a_part_that_passes_is_no_pass_and_no_attempt(
    grade: Grade, grader_home: Path, options: list[str]
) -> None:
    grade(HALF, "--only", "negative")
    result = grade(RIGHT, *options)
    whole = options == ["--only", "test_"]
    assert result.exit_code == (0 if whole else 1)
    assert ("PASSED" in result.stdout) is whole
    assert ("Only a part of the checks ran" in result.stdout) is not whole
    assert attempts(grader_home) == ["passed"] * whole


def test_a_part_is_marked_in_files_too(grade: Grade, tmp_path: Path) -> None:
    grade(RIGHT, "--only", "negative", "--output", tmp_path / "report.txt")
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "1 of 1 check passed" in text
    assert "PASSED" not in text


def test_a_store_that_cannot_be_used_does_not_keep_one_from_grading(
    grade: Grade, monkeypatch: pytest.MonkeyPatch, workspace: Path, solving: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GRADER_HOME", str(tmp_path / "file" / "below"))
    (workspace / "grader.toml").write_text('challenge = "add-numbers"\n', encoding="utf-8")
    result = grade(RIGHT, "--bank", solving)
    assert result.exit_code == 0, result.stderr
    assert "Nothing of this will be remembered" in result.stderr
    assert "PASSED" in result.stdout
