"""`grader bank`: exit codes, options, and what is printed where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests_sandboxes import usable

Run = Callable[..., Result]


@pytest.fixture
def fresh(run: Run, tmp_path: Path) -> Path:
    """A bank with the challenge that `grader bank new` makes."""
    result = run("bank", "new", "mean-of-known", "--bank", tmp_path / "own")
    assert result.exit_code == 0, result.stderr
    assert [Path(line).relative_to(tmp_path).as_posix() for line in result.stdout.splitlines()] == [
        "own/challenges/mean-of-known",
        "own/solutions/mean-of-known",
    ]
    return tmp_path / "own"


def test_a_fresh_challenge_has_nothing_to_mend(run: Run, fresh: Path) -> None:
    result = run("bank", "check", "--bank", fresh, "--only", "structure")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "1 challenge, nothing to mend")
    assert "1 of 1 done; mean-of-known: no findings" in result.stderr


def test_findings_are_printed_and_end_with_1(run: Run, fresh: Path) -> None:
    (fresh / "challenges" / "mean-of-known" / "hints.md").unlink()
    result = run("bank", "check", "--bank", fresh, "--only", "structure", "--no-progress")
    assert result.exit_code == 1
    assert "mean-of-known, structure: hints.md\n  is missing" in result.stdout
    assert result.stderr == ""


@pytest.mark.bubblewrap
def test_solutions_are_graded_in_the_sandbox_that_is_named(run: Run, fresh: Path) -> None:
    usable("bubblewrap")
    path = fresh / "solutions" / "mean-of-known" / "wrong_median.py"
    path.write_text((path.parent / "reference.py").read_text())
    result = run(
        "bank", "check", "mean-of-known", "--bank", fresh, "--sandbox", "bubblewrap", "--only", "verdicts", "--jobs", "2", "--json"
    )  # fmt: skip
    assert result.exit_code == 1
    [challenge] = json.loads(result.stdout)["challenges"]
    assert [(one["section"], one["place"]) for one in challenge["findings"]] == [
        ("verdicts", "wrong_median.py")
    ]
    assert (challenge["checks"], challenge["sections"]) == (8, ["verdicts"])


def test_the_table_goes_to_files_as_well(run: Run, fresh: Path, tmp_path: Path) -> None:
    names = {"table.md": "| challenge |", "table.txt": "challenge ", "table.json": '{\n  "format": 1'}
    options = [word for name in names for word in ("--output", tmp_path / name)]
    result = run("bank", "check", "--bank", fresh, "--skip", "mutants", "--only", "structure", *options)
    assert result.exit_code == 0
    for name, beginning in names.items():
        assert (tmp_path / name).read_text().lstrip().startswith(beginning)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "mean-of-unknown"], "did you mean mean-of-known"),
        (["check", "--only", "nothing"], "'nothing' is not one of"),
        (["check", "--only", "seeds", "--skip", "seeds"], "leave no section"),
        (["check", "--output", "table.xml"], "should end in .txt, .json, .md"),
        (["update", "mean-of-unknown"], "did you mean mean-of-known"),
        (["new", "mean-of-known"], "exists already"),
        (["new", "Mean"], "lower-case"),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, fresh: Path, arguments: list[str], message: str) -> None:
    result = run("bank", *arguments, "--bank", fresh)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_bank_without_challenges_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "challenges").mkdir()
    result = run("bank", "check", "--bank", tmp_path)
    assert result.exit_code == 2
    assert "`grader bank new` makes one" in result.stderr


def test_no_sandbox_ends_with_3(run: Run, fresh: Path) -> None:
    result = run(
        "bank", "check", "--bank", fresh, "--sandbox", "docker", DOCKER_HOST="unix:///nonexistent/docker.sock"
    )
    assert result.exit_code == 3
    assert "docker" in result.stderr


def test_update_prints_what_it_wrote(run: Run, fresh: Path) -> None:
    brief = fresh / "challenges" / "mean-of-known" / "README.md"
    assert run("bank", "update", "--bank", fresh).stdout == ""
    brief.write_text(brief.read_text().replace("Some", "Many", 1))
    result = run("bank", "update", "mean-of-known", "--bank", fresh)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(brief.parent / "starter" / "solution.ipynb")]
