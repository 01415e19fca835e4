from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from grader.store import Store

Run = Callable[..., Result]


def test_before_passing_it_is_not_shown(run: Run, workspace: Path, grader_home: Path) -> None:
    result = run("answer")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "add-numbers has not passed yet" in result.stderr
    assert "--give-up" in result.stderr
    with Store(grader_home) as store:
        assert not store.state("add-numbers").answer_seen


def test_giving_up_shows_it_and_is_recorded(run: Run, workspace: Path, grader_home: Path) -> None:
    result = run("answer", "--give-up")
    assert result.exit_code == 0
    for part in ("“Why add?”", "Because.", "The usual wrong answer", "Follow-up questions", "1. Why not?"):
        assert part in result.stdout
    assert "noted as given up" in result.stderr
    with Store(grader_home) as store:
        assert store.state("add-numbers").label == "given up"
    assert run("answer").exit_code == 0, "once given up it stays open"


def test_after_passing_it_is_shown_and_nothing_is_given_up(
    run: Run, workspace: Path, grader_home: Path
) -> None:
    (workspace / "solution.py").write_text("def add(a, b):\n    return a + b\n", encoding="utf-8")
    assert run("grade", "--sandbox", "process", "-q").exit_code == 0
    result = run("answer", "--give-up")
    assert "Because." in result.stdout
    assert result.stderr == ""
    with Store(grader_home) as store:
        state = store.state("add-numbers")
    assert (state.label, state.answer_seen, state.gave_up) == ("solved", True, False)


def test_the_markdown_can_be_had_as_it_was_written(run: Run, workspace: Path) -> None:
    result = run("answer", "--give-up", "--markdown")
    assert result.stdout.startswith("> “Why add?”\n\nBecause.\n\n## The usual wrong answer\n")


@pytest.mark.parametrize("command", ["answer", "solution"])
def test_nothing_is_noted_of_an_unknown_challenge(run: Run, command: str) -> None:
    assert run(command, "f1-by-hnad").exit_code == 2
