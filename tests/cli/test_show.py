from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_question_facts_and_brief_are_shown(run: Run, bank: Path) -> None:
    result = run("show", "add-numbers", "--bank", bank)
    assert result.exit_code == 0
    for part in ("“Why add?”", "question 7", "5 minutes", "the standard library only", "Write `add(a, b)`."):
        assert part in result.stdout
    assert "Because." not in result.stdout, "the model answer is not part of the question"


def test_without_a_terminal_there_are_no_escape_sequences(run: Run, bank: Path) -> None:
    assert "\x1b" not in run("show", "add-numbers", "--bank", bank).stdout


def test_lines_fit_a_narrow_terminal(run: Run, bank: Path) -> None:
    (bank / "challenges" / "add-numbers" / "README.md").write_text("word " * 100, encoding="utf-8")
    result = run("show", "add-numbers", "--bank", bank, COLUMNS="40")
    assert max(map(len, result.stdout.splitlines())) <= 40


def test_the_markdown_can_be_had_as_it_was_written(run: Run, bank: Path) -> None:
    result = run("show", "add-numbers", "--markdown", "--bank", bank)
    assert result.stdout == "> Why add?\n\n# Add two numbers\n\nWrite `add(a, b)`.\n"


def test_square_brackets_of_an_author_are_words(run: Run, bank: Path) -> None:
    (bank / "challenges" / "add-numbers" / "answer.md").write_text("# Why [red]add[/]?\n", encoding="utf-8")
    assert "Why [red]add[/]?" in run("show", "add-numbers", "--bank", bank).stdout


def test_without_an_answer_the_title_stands_for_the_question(run: Run, bank: Path) -> None:
    (bank / "challenges" / "add-numbers" / "answer.md").unlink()
    assert "“Add two numbers”" in run("show", "add-numbers", "--bank", bank).stdout


def test_an_unknown_challenge_is_an_error_with_the_nearest(run: Run, bank: Path) -> None:
    result = run("show", "add-number", "--bank", bank)
    assert result.exit_code == 2
    assert "did you mean add-numbers?" in result.stderr


def test_without_a_name_it_is_the_challenge_of_the_workspace(run: Run, workspace: Path) -> None:
    assert "“Why add?”" in run("show").stdout


def test_without_a_name_and_a_workspace_it_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("show")
    assert result.exit_code == 2
    assert "grader start SLUG" in result.stderr
