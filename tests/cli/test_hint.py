from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from grader.store import Store

Run = Callable[..., Result]


def test_each_time_one_more_and_then_all(run: Run, workspace: Path, grader_home: Path) -> None:
    shown = [run("hint") for _ in range(4)]
    assert [result.exit_code for result in shown] == [0] * 4
    assert [result.stdout for result in shown[:3]] == [
        "Hint 1 of 3\n\nThink.\n",
        "Hint 2 of 3\n\nUse `+`.\n",
        "Hint 3 of 3\n\nIt is `a + b`.\n",
    ]
    assert shown[3].stdout == "\n".join(result.stdout for result in shown[:3])
    assert [bool(result.stderr) for result in shown] == [False, False, True, True]
    assert "grader answer add-numbers --give-up" in shown[2].stderr
    with Store(grader_home) as store:
        assert store.state("add-numbers").hints == 3


def test_again_shows_those_seen_and_no_new_one(run: Run, workspace: Path, grader_home: Path) -> None:
    nothing = run("hint", "--again")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert "No hint" in nothing.stderr
    run("hint")
    run("hint")
    assert run("hint", "--again").stdout.count("of 3") == 2
    with Store(grader_home) as store:
        assert store.state("add-numbers").hints == 2


def test_a_challenge_may_be_named_outside_of_its_workspace(run: Run, tmp_path: Path) -> None:
    assert run("hint", "f1-by-hand").stdout.startswith("Hint 1 of 3\n")
    assert run("hint", "f1-by-hnad").exit_code == 2
