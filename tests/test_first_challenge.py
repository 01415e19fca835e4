"""The guide "Your first challenge" shows what the program prints, and its three saves do what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import grader
from grader.bank import Bank
from grader.cli.home import hello
from grader.cli.main import command
from grader.kit.overview import outlines, suggested
from grader.model import Verdict

PAGE = (Path(__file__).parents[1] / "docs" / "guides" / "first-challenge.md").read_text(encoding="utf-8")
SAVES = dict(
    re.findall(
        r"^```\{code-block\} python\n:caption: (\w+)\.py\n\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
)


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a command prints, typed by somebody who is new."""
    monkeypatch.setenv("GRADER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def typed(*words: str) -> str:
        result = CliRunner().invoke(command, words, prog_name="grader")
        assert result.exit_code == 0, result.output
        return result.stdout

    return typed


def test_the_greeting_is_as_shown() -> None:
    everything = outlines(Bank.default())
    first = suggested(everything, set())
    assert first is not None
    assert "$ grader\n" + "\n".join(hello(len(everything), first)) + "\n" in PAGE


def test_starting_answering_and_going_on_are_as_shown(
    type_in: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert type_in("start", "--next") in PAGE
    monkeypatch.chdir(tmp_path / "learn-the-rule")
    assert "$ grader start --next\n" + type_in("start", "--next") in PAGE
    opening = type_in("answer", "--give-up").split("\n\n")[:2]
    assert "$ grader answer\n" + "\n\n".join(opening) + "\n" in PAGE
    assert type_in("hint").partition("\n\n")[2] in PAGE


def test_the_three_saves_do_what_is_said(tmp_path: Path) -> None:
    passed = {}
    with grader.Session(sandbox="process") as session:
        for name, source in SAVES.items():
            (tmp_path / "solution.py").write_text(source, encoding="utf-8")
            report = session.grade("learn-the-rule", tmp_path / "solution.py")
            visible = [one for one in report.checks if one.check.suite == "visible"]
            good = sum(one.outcome.verdict is Verdict.PASSED for one in visible)
            passed[name] = (good, len(visible), report.passed)
            if report.passed:
                assert f"PASSED  {report.points:g}/{report.points_possible:g} points" in PAGE
                assert f"{len(report.checks)} checks passed" in PAGE
    assert passed == {"first": (3, 4, False), "second": (3, 4, False), "third": (4, 4, True)}
