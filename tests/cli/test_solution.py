from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from grader.kit.measure import measure, others

Run = Callable[..., Result]
MINE = """
def add(a, b):
    big = [0] * 1_000_000
    for _ in range(3):
        pass
    return a + b + big[0]
"""


def solution(run: Run, *options: str) -> Result:
    return run("solution", *options, "--sandbox", "process", "--no-progress")


def test_before_passing_nothing_is_shown(run: Run, workspace: Path) -> None:
    result = solution(run)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has not passed yet, and `grader solution` is for afterwards" in result.stderr


def test_it_shows_the_solutions_and_compares_yours_with_each(run: Run, workspace: Path) -> None:
    (workspace / "solution.py").write_text(MINE, encoding="utf-8")
    assert run("grade", "--sandbox", "process", "-q").exit_code == 0
    result = solution(run)
    assert result.exit_code == 0, result.stderr
    for part in ("# reference", '"""Adds."""', "# loops", "math.copysign"):
        assert part in result.stdout
    rows = dict(line.split("  ", 1) for line in result.stdout.splitlines() if line.count("  ") > 1)
    assert rows["score"].split() == "2 of 2".split() * 3
    yours, of = rows["memory at most"].split()[:2]
    assert (float(yours) >= 8, of) == (True, "MB"), "a million places of eight bytes"
    assert rows["loops"].split() == ["1", "none", "1"]
    assert "Beside the reference, yours\n" in result.stdout
    assert "- goes through the data in Python, where the other works on whole arrays" in result.stdout
    assert "- does not call math.copysign" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_a_diff_or_the_figures_alone(run: Run, workspace: Path) -> None:
    run("answer", "--give-up")
    shown = solution(run, "--diff").stdout
    assert shown.startswith("--- reference.py\n+++ yours\n")
    assert "-    return a + b" in shown
    figures = solution(run, "--no-code").stdout
    assert "return a + b" not in figures
    assert "earns 2 points less" in figures, "what was handed in is the starter"


def test_without_an_answer_of_ones_own_the_solutions_are_shown(
    run: Run, workspace: Path, solving: Path, tmp_path: Path
) -> None:
    run("answer", "--give-up")
    workspace.rename(tmp_path / "moved")
    (tmp_path / "moved" / "grader.toml").unlink()
    result = run("solution", "add-numbers", "--bank", solving, "--sandbox", "process", "--no-progress")
    assert result.exit_code == 0, result.stderr
    assert "yours" not in result.stdout
    assert "score" in result.stdout


def test_the_solutions_of_a_challenge_have_names(solving: Path) -> None:
    from grader.bank import Bank

    folder = solving / "solutions" / "add-numbers"
    assert others(Bank.at(solving), "add-numbers") == {
        "reference": folder / "reference.py",
        "loops": folder / "alternative_loops.py",
    }


def test_memory_of_a_notebook_is_not_measured_and_all_else_is(workspace: Path, solving: Path) -> None:
    import grader
    from grader.bank import Bank

    notebook = solving / "challenges" / "add-numbers" / "starter" / "solution.ipynb"
    with grader.Session(bank=Bank.at(solving), sandbox="process") as session:
        [found] = measure(session, "add-numbers", {"yours": notebook}, lambda step: None)
    assert (found.passed, found.peak) == (True, None)
    assert found.made_of is not None
