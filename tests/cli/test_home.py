from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from tests_records import report
from tests_terminal import on_a_terminal

from grader.bank import Bank
from grader.cli.home import Place, screen
from grader.kit.overview import outlines
from grader.kit.workspace import Workspace
from grader.store import ChallengeState, Store

Run = Callable[..., Result]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OFFER = "Start it now, in the folder learn-the-rule here?"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_first_time_it_says_hello_in_five_lines_and_how_to_begin(run: Run) -> None:
    first = run()
    assert first.exit_code == 0
    hello, _, rest = first.stdout.partition("\n\n")
    assert hello.startswith("Hello!")
    assert len(hello.splitlines()) == 5
    assert max(map(len, first.stdout.splitlines())) <= 80
    assert "grader start --next" in rest
    assert "Hello!" not in run().stdout


def test_on_a_terminal_it_offers_to_start(tmp_path: Path, grader_home: Path) -> None:
    where = {"cwd": tmp_path, "environment": {"GRADER_HOME": str(grader_home), "LANG": "C.UTF-8"}}
    words = [sys.executable, "-m", "grader"]
    code, shown = on_a_terminal(words, [(OFFER, "y\n")], **where)  # type: ignore[arg-type]
    assert code == 0
    assert "Made in learn-the-rule:" in shown
    assert (tmp_path / "learn-the-rule" / "solution.py").is_file()
    code, shown = on_a_terminal(words, **where)  # type: ignore[arg-type]
    assert (code, OFFER in shown) == (0, False)
    assert "You are solving learn-the-rule" in shown


def test_a_no_makes_nothing(tmp_path: Path, grader_home: Path) -> None:
    code, shown = on_a_terminal(
        [sys.executable, "-m", "grader"],
        [(OFFER, "n\n")],
        cwd=tmp_path,
        environment={"GRADER_HOME": str(grader_home), "LANG": "C.UTF-8"},
    )
    assert code == 0
    assert "`grader list` shows all" in shown
    assert not (tmp_path / "learn-the-rule").exists()


def test_in_a_workspace_it_says_what_it_is_about_and_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("start", "f1-by-hand")
    run("hint", "f1-by-hand")
    monkeypatch.chdir(tmp_path / "f1-by-hand")
    shown = run().stdout
    for part in ("You are in the folder of f1-by-hand", "begun, 1 hint seen", "1 of 3 seen", "grader watch"):
        assert part in shown
    assert "cd " not in shown


def test_elsewhere_it_leads_back_to_what_was_begun(run: Run, tmp_path: Path) -> None:
    run("start", "f1-by-hand", "far/away")
    assert "cd far/away" in run().stdout


def test_after_passing_it_leads_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grader_home: Path
) -> None:
    run("start", "f1-by-hand")
    with Store(grader_home) as store:
        store.add_attempt(report("f1-by-hand", passed=4))
    assert "Nothing is under way" in run().stdout
    monkeypatch.chdir(tmp_path / "f1-by-hand")
    shown = run().stdout
    assert "1 of 25 challenges solved" in shown
    for part in ("solved, 1 attempt", "grader answer", "grader solution", "grader start --next"):
        assert part in shown


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("label", ["new", "tried", "solved"])
def test_it_fits_a_screen_whatever_is_known(tmp_path: Path, unicode: bool, label: str) -> None:
    everything = outlines(Bank.default())
    known = {
        one.slug: ChallengeState(
            one.slug,
            folder=tmp_path,
            started=None if label == "new" else NOON,
            hints=3,
            attempts=0 if label == "new" else 12,
            best=0.5,
            solved=NOON if label == "solved" else None,
            last=NOON,
        )
        for one in everything
    }
    for slug in known:
        for workspace in (None, Workspace(tmp_path, slug)):
            lines = list(screen(Place(everything, known, workspace, tmp_path), unicode=unicode))
            assert len(lines) <= 23, "and the prompt below it"
            assert max(map(len, lines)) <= 80
            assert unicode or all(line.replace("“", "").replace("”", "").isascii() for line in lines)


def test_wrong_settings_are_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "grader.toml").write_text("sandbok = 1\n", encoding="utf-8")
    result = run()
    assert result.exit_code == 2
    assert "did you mean sandbox?" in result.stderr


def test_a_bank_that_a_project_file_names_is_not_started_from_here(
    tmp_path: Path, grader_home: Path, bank: Path
) -> None:
    (tmp_path / "grader.toml").write_text("bank = 'bank'\n", encoding="utf-8")
    code, shown = on_a_terminal(
        [sys.executable, "-m", "grader"],
        cwd=tmp_path,
        environment={"GRADER_HOME": str(grader_home), "LANG": "C.UTF-8"},
    )
    assert code == 0
    assert "3 machine-learning interview questions" in shown
    assert "[Y/n]" not in shown


def test_help_is_still_there(run: Run) -> None:
    assert run("--help").stdout.startswith("Usage: grader")
