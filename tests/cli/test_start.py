from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from grader.store import Store

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_it_makes_a_folder_remembers_it_and_says_what_to_do(
    run: Run, tmp_path: Path, grader_home: Path
) -> None:
    result = run("start", "f1-by-hand")
    assert result.exit_code == 0
    assert (tmp_path / "f1-by-hand" / "solution.py").is_file()
    for part in ("F1 by hand (easy, about 20 minutes)", "solution.py", "cd f1-by-hand", "grader watch"):
        assert part in result.stdout
    with Store(grader_home) as store:
        state = store.state("f1-by-hand")
    assert (state.label, state.folder) == ("started", tmp_path / "f1-by-hand")


def test_a_notebook_in_a_folder_of_ones_own_name(run: Run, tmp_path: Path) -> None:
    assert run("start", "f1-by-hand", "work", "--notebook").exit_code == 0
    assert (tmp_path / "work" / "solution.ipynb").is_file()
    assert not (tmp_path / "work" / "solution.py").exists()


def test_what_is_there_is_kept_and_named(run: Run, tmp_path: Path) -> None:
    run("start", "f1-by-hand")
    (tmp_path / "f1-by-hand" / "solution.py").write_text("# mine\n", encoding="utf-8")
    (tmp_path / "f1-by-hand" / "README.md").unlink()
    result = run("start", "f1-by-hand")
    assert result.exit_code == 0
    assert (tmp_path / "f1-by-hand" / "solution.py").read_text(encoding="utf-8") == "# mine\n"
    assert "kept as they were: solution.py, conftest.py" in result.stdout
    assert "Added in f1-by-hand:\n  README.md  what is asked\n" in result.stdout


def test_a_second_workspace_is_made_only_where_its_folder_is_named(run: Run, tmp_path: Path) -> None:
    run("start", "f1-by-hand", "far/away")
    result = run("start", "f1-by-hand")
    assert "f1-by-hand is in far/away already" in result.stdout
    assert not (tmp_path / "f1-by-hand").exists()
    assert run("start", "f1-by-hand", "near").exit_code == 0
    assert (tmp_path / "near").is_dir()


def test_next_takes_the_easiest_new_one_and_then_the_one_after(run: Run, tmp_path: Path) -> None:
    assert run("start", "--next").exit_code == 0
    assert run("start", "--next", "second").exit_code == 0
    assert (tmp_path / "learn-the-rule").is_dir()
    assert tomllib.loads((tmp_path / "second" / "grader.toml").read_text())["challenge"] == "f1-by-hand"


def test_from_a_workspace_the_next_one_is_made_beside_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("start", "--next")
    monkeypatch.chdir(tmp_path / "learn-the-rule")
    result = run("start", "--next")
    assert (tmp_path / "f1-by-hand").is_dir()
    assert "cd ../f1-by-hand" in result.stdout


def test_next_of_a_topic(run: Run, tmp_path: Path) -> None:
    assert run("start", "--topic", "deep-learning").exit_code == 0
    assert (tmp_path / "convolve-and-recur").is_dir()
    result = run("start", "--topic", "deep-learning")
    assert result.exit_code == 0
    assert "Not solved yet: convolve-and-recur" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a challenge"),
        (["--next", "one", "two"], "the challenge is not named"),
        (["--topic", "cooking"], "there is algorithms"),
        (["f1-by-hnad"], "did you mean f1-by-hand"),
    ],
)
def test_wrong_usage_makes_nothing(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    result = run("start", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == []


def test_a_workspace_of_another_bank_knows_its_bank(run: Run, solving: Path, tmp_path: Path) -> None:
    assert run("start", "add-numbers", "--bank", solving).exit_code == 0
    written = tomllib.loads((tmp_path / "add-numbers" / "grader.toml").read_text(encoding="utf-8"))
    assert written == {"challenge": "add-numbers", "bank": str(solving)}
