from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.kit.locate import NotLocated, Target, locate, locate_slug, told_apart
from grader.kit.workspace import Workspace
from grader.store import Store

Make = Callable[..., Workspace]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_without_a_word_it_is_the_workspace_around(make: Make) -> None:
    made = make("f1-by-hand")
    below = made.folder / "below"
    below.mkdir()
    expected = Target("f1-by-hand", made.folder / "solution.py", made)
    assert locate(None, None, below, None) == expected
    assert locate_slug(None, below) == "f1-by-hand"


def test_without_a_word_and_outside_it_is_an_error_that_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(NotLocated, match="grader start SLUG"):
        locate(None, None, tmp_path, None)


def test_challenge_and_path_need_no_workspace(tmp_path: Path) -> None:
    path = tmp_path / "answer.py"
    assert locate("f1-by-hand", path, tmp_path, None) == Target("f1-by-hand", path, None)


def test_challenge_and_path_of_another_workspace_are_not_that_workspace(make: Make, tmp_path: Path) -> None:
    path = make("f1-by-hand").folder / "solution.py"
    assert locate("one-hot", path, tmp_path, None).workspace is None
    assert locate("f1-by-hand", path, tmp_path, None).workspace == Workspace(path.parent, "f1-by-hand")


def test_a_challenge_alone_means_the_folder_of_that_name_here(make: Make, tmp_path: Path) -> None:
    made = make("f1-by-hand")
    assert locate("f1-by-hand", None, tmp_path, None).workspace == made


def test_a_challenge_alone_means_the_remembered_workspace(make: Make, tmp_path: Path) -> None:
    made = make("f1-by-hand", tmp_path / "far" / "away")
    elsewhere = make("one-hot").folder
    with Store(tmp_path / "home") as store:
        with pytest.raises(NotLocated, match="grader start f1-by-hand"):
            locate("f1-by-hand", None, elsewhere, store)
        store.mark_started("f1-by-hand", made.folder, NOON)
        assert locate("f1-by-hand", None, elsewhere, store).workspace == made


def test_a_remembered_folder_that_is_gone_is_not_used(tmp_path: Path) -> None:
    with Store(tmp_path / "home") as store:
        store.mark_started("f1-by-hand", tmp_path / "gone", NOON)
        with pytest.raises(NotLocated):
            locate("f1-by-hand", None, tmp_path, store)


def test_a_path_alone_gets_its_challenge_from_the_workspace_it_lies_in(make: Make, tmp_path: Path) -> None:
    made = make("f1-by-hand")
    other = made.folder / "other.py"
    other.write_text("", encoding="utf-8")
    assert locate(None, other, tmp_path, None) == Target("f1-by-hand", other, made)
    other.unlink()
    assert locate(None, made.folder, tmp_path, None).submission == made.folder / "solution.py"


def test_a_path_outside_of_workspaces_or_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "answer.py").write_text("", encoding="utf-8")
    with pytest.raises(NotLocated, match="lies in no workspace"):
        locate(None, tmp_path / "answer.py", tmp_path, None)
    with pytest.raises(NotLocated, match="no file or folder"):
        locate(None, tmp_path / "nowhere.py", tmp_path, None)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (None, (None, None)),
        ("f1-by-hand", ("f1-by-hand", None)),
        ("f1-by-hnad", ("f1-by-hnad", None)),
        ("solution.py", (None, Path("solution.py"))),
        (".", (None, Path("."))),
        ("work/f1-by-hand", (None, Path("work/f1-by-hand"))),
        (r"C:\work\f1", (None, Path(r"C:\work\f1"))),
    ],
)
def test_a_word_is_a_challenge_or_a_path(word: str | None, expected: tuple[str | None, Path | None]) -> None:
    assert told_apart(word, ["f1-by-hand"]) == expected
