from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.bank import Bank
from grader.errors import GraderError
from grader.kit.overview import outline
from grader.kit.workspace import CONFIG, Workspace, create, files, find, lay_out, solution, submission

Make = Callable[..., Workspace]


def test_a_workspace_has_starter_brief_checks_and_configuration(make: Make) -> None:
    made = make("f1-by-hand")
    names = sorted(path.name for path in made.folder.iterdir())
    assert names == ["README.md", "conftest.py", "grader.toml", "solution.py", "test_example.py"]
    root = Bank.default().challenges / "f1-by-hand"
    assert solution(made).read_bytes() == (root / "starter" / "solution.py").read_bytes()
    brief = (made.folder / "README.md").read_text(encoding="utf-8")
    assert brief.startswith("> Explain precision, recall and F1.\n\n# F1 by hand\n")


def test_the_tables_that_visible_checks_use_lie_in_data(make: Make) -> None:
    made = make("labels-or-numbers")
    tables = {path.name for path in (made.folder / "data").iterdir()}
    assert tables == {"autompg.csv", "penguins.csv"}
    for name in tables:
        original = Bank.default().datasets / name.removesuffix(".csv") / name
        assert (made.folder / "data" / name).read_bytes() == original.read_bytes()


def test_a_notebook_instead_of_a_file(make: Make) -> None:
    made = make("f1-by-hand", notebook=True)
    assert solution(made).name == "solution.ipynb"
    assert not (made.folder / "solution.py").exists()


def test_the_workspace_is_found_from_below_and_nowhere_else(make: Make, tmp_path: Path) -> None:
    made = make("f1-by-hand")
    (made.folder / "deeper" / "still").mkdir(parents=True)
    assert find(made.folder / "deeper" / "still") == made
    assert find(tmp_path) is None


def test_a_configuration_without_a_challenge_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text('sandbox = "docker"\n', encoding="utf-8")
    assert find(tmp_path) is None


def test_a_configuration_that_is_no_toml_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text("challenge = ", encoding="utf-8")
    with pytest.raises(GraderError, match=r"grader\.toml: cannot be read as TOML"):
        find(tmp_path)


def test_nothing_that_exists_is_written_over(make: Make) -> None:
    made = make("f1-by-hand")
    (made.folder / "solution.py").write_text("# mine\n", encoding="utf-8")
    (made.folder / "README.md").unlink()
    challenge = outline(Bank.default(), "f1-by-hand")
    kept = lay_out(made.folder, "f1-by-hand", files(challenge))
    assert sorted(kept) == ["conftest.py", "grader.toml", "solution.py", "test_example.py"]
    assert (made.folder / "solution.py").read_text(encoding="utf-8") == "# mine\n"
    assert (made.folder / "README.md").is_file()


def test_another_challenges_workspace_is_left_alone(make: Make) -> None:
    made = make("f1-by-hand")
    (made.folder / "solution.py").unlink()
    with pytest.raises(GraderError, match="is the workspace of f1-by-hand; name another folder"):
        make("one-hot", made.folder)
    assert not (made.folder / "solution.py").exists(), "nothing was written before the refusal"


def test_a_file_in_the_place_of_the_folder_is_an_error(make: Make, tmp_path: Path) -> None:
    (tmp_path / "here").write_text("", encoding="utf-8")
    with pytest.raises(GraderError, match="is a file"):
        make("one-hot", tmp_path / "here")


def test_a_folder_that_cannot_be_made_is_an_error(make: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GraderError, match="cannot be written"):
        make("one-hot", tmp_path / "file" / "below")


def test_of_two_solutions_the_one_saved_last_is_meant(make: Make) -> None:
    made = make("f1-by-hand")
    make("f1-by-hand", notebook=True)
    for later, name in enumerate(("solution.py", "solution.ipynb")):
        os.utime(made.folder / name, (1e9 + later, 1e9 + later))
    assert solution(made).name == "solution.ipynb"
    os.utime(made.folder / "solution.py", (2e9, 2e9))
    assert solution(made).name == "solution.py"


def test_a_workspace_without_a_solution_says_how_to_get_the_starter_back(make: Make) -> None:
    made = make("f1-by-hand")
    solution(made).unlink()
    with pytest.raises(GraderError, match=r"`grader start f1-by-hand .*` puts the starter back"):
        solution(made)


def test_helper_modules_are_handed_in_with_the_solution(make: Make) -> None:
    made = make("f1-by-hand")
    assert submission(made) == made.folder / "solution.py"
    (made.folder / "counting.py").write_text("", encoding="utf-8")
    assert submission(made) == made.folder


def test_settings_go_into_the_configuration(tmp_path: Path) -> None:
    challenge = outline(Bank.default(), "f1-by-hand")
    create(challenge, tmp_path / "new", settings='bank = "C:\\\\bank"\n')
    text = (tmp_path / "new" / CONFIG).read_text(encoding="utf-8")
    assert text.endswith('challenge = "f1-by-hand"\nbank = "C:\\\\bank"\n')
