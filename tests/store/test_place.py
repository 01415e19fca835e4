from __future__ import annotations

from pathlib import Path

import platformdirs

from grader.store import default_folder


def test_the_variable_names_the_folder(tmp_path: Path) -> None:
    assert default_folder({"GRADER_HOME": str(tmp_path)}) == tmp_path


def test_a_relative_folder_is_below_the_current_one() -> None:
    assert default_folder({"GRADER_HOME": "kept"}) == Path.cwd() / "kept"


def test_a_tilde_is_the_home_folder() -> None:
    assert default_folder({"GRADER_HOME": "~/kept"}) == Path.home() / "kept"


def test_without_it_the_system_says_where_data_goes() -> None:
    usual = platformdirs.user_data_path("ml-grader", appauthor=False)
    assert default_folder({}) == default_folder({"GRADER_HOME": ""}) == usual
