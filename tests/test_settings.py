from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.settings import KINDS, Setting, SettingsError, bank_for, read, user_folder, variable


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def values(cwd: Path, environ: dict[str, str] | None = None, user: Path | None = None) -> dict[str, object]:
    return {key: setting.value for key, setting in read(cwd, environ or {}, user).items()}


def test_without_any_place_there_are_no_settings(tmp_path: Path) -> None:
    assert values(tmp_path, user=tmp_path / "user") == {}


def test_the_environment_comes_before_the_project_and_that_before_the_user(tmp_path: Path) -> None:
    user = put(
        tmp_path / "user" / "grader.toml", 'sandbox = "docker"\nruntime = "runc"\nformat = "html"\n'
    ).parent
    work = put(tmp_path / "work" / "grader.toml", 'sandbox = "bubblewrap"\nformat = "json"\n').parent
    assert values(work, {"GRADER_FORMAT": "csv"}, user) == {
        "sandbox": "bubblewrap",
        "runtime": "runc",
        "format": "csv",
    }


def test_the_nearest_folder_wins_and_nothing_is_merged(tmp_path: Path) -> None:
    put(tmp_path / "grader.toml", 'sandbox = "docker"\nruntime = "runsc"\n')
    put(tmp_path / "near" / "pyproject.toml", '[tool.grader]\nformat = "json"\n')
    (tmp_path / "near" / "below").mkdir()
    assert values(tmp_path / "near" / "below") == {"format": "json"}


def test_in_one_folder_grader_toml_wins(tmp_path: Path) -> None:
    put(tmp_path / "grader.toml", 'format = "json"\n')
    put(tmp_path / "pyproject.toml", '[tool.grader]\nformat = "csv"\nsandbox = "docker"\n')
    assert values(tmp_path) == {"format": "json"}


def test_a_pyproject_about_other_things_is_passed_by(tmp_path: Path) -> None:
    put(tmp_path / "grader.toml", 'format = "json"\n')
    put(tmp_path / "a" / "pyproject.toml", '[tool.other]\nname = "grader"\n')
    put(tmp_path / "a" / "b" / "pyproject.toml", "[tool.other\ngrader")
    assert values(tmp_path / "a" / "b") == {"format": "json"}


def test_where_a_setting_is_from_is_known(tmp_path: Path) -> None:
    file = put(tmp_path / "grader.toml", 'format = "json"\n')
    found = read(tmp_path, {"GRADER_SANDBOX": "docker"}, None)
    assert found["format"] == Setting("format", "json", str(file), "project")
    assert found["sandbox"] == Setting("sandbox", "docker", "GRADER_SANDBOX", "environment")


def test_every_problem_of_every_place_is_named_at_once(tmp_path: Path) -> None:
    user = put(tmp_path / "user" / "grader.toml", "progress = 1\n")
    work = put(
        tmp_path / "work" / "pyproject.toml",
        '[tool.grader]\nsandbok = "docker"\nformat = "pdf"\nruntime = 3\n',
    )
    with pytest.raises(SettingsError) as caught:
        read(work.parent, {"GRADER_ISOLATION": "none", "GRADER_PROGRESS": "perhaps"}, user.parent)
    assert str(caught.value).splitlines() == [
        "the settings cannot be used:",
        f"{user}: progress: must be true or false, not 1",
        f"{work}: tool.grader.sandbok: is not a known key; did you mean sandbox?",
        f"{work}: tool.grader.format: must be one of terminal, json, junit, markdown, html, csv, not 'pdf'",
        f"{work}: tool.grader.runtime: must be text, not 3",
        "GRADER_ISOLATION: must be one of standard, strict, not 'none'",
        "GRADER_PROGRESS: must be true or false, not 'perhaps'",
    ]


@pytest.mark.parametrize("text", ["format = ", "\x00"])
def test_a_file_that_is_no_toml_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    put(tmp_path / "grader.toml", text)
    with pytest.raises(SettingsError, match=r"grader\.toml: cannot be read as TOML"):
        read(tmp_path, {}, None)


def test_a_broken_pyproject_with_a_table_for_the_grader_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", "[tool.grader]\nformat =")
    with pytest.raises(SettingsError, match=r"pyproject\.toml: cannot be read"):
        read(tmp_path, {}, None)


def test_the_table_must_be_a_table(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", "[tool]\ngrader = 3\n")
    with pytest.raises(SettingsError, match=r"tool\.grader: must be a table"):
        read(tmp_path, {}, None)


def test_a_bank_is_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    put(tmp_path / "grader.toml", 'bank = "course"\n')
    (tmp_path / "below").mkdir()
    assert values(tmp_path / "below") == {"bank": tmp_path / "course"}
    assert values(tmp_path / "below", {"GRADER_BANK": "other"}) == {"bank": tmp_path / "below" / "other"}


def test_the_bank_of_a_folder(tmp_path: Path) -> None:
    environment = {"GRADER_HOME": str(tmp_path / "home")}
    assert len(bank_for(tmp_path, environment).slugs()) == 25
    (tmp_path / "course" / "challenges").mkdir(parents=True)
    assert bank_for(tmp_path, environment | {"GRADER_BANK": str(tmp_path / "course")}).slugs() == []


@pytest.mark.parametrize(("text", "value"), [("1", True), ("TRUE", True), ("off", False)])
def test_truth_in_the_environment(tmp_path: Path, text: str, value: bool) -> None:
    assert values(tmp_path, {"GRADER_PROGRESS": text}) == {"progress": value}


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    assert values(tmp_path, {"GRADER_SANDBOX": ""}) == {}


def test_the_challenge_of_a_folder_comes_from_no_variable(tmp_path: Path) -> None:
    assert values(tmp_path, {"GRADER_CHALLENGE": "f1-by-hand"}) == {}
    assert variable("no-such") == "GRADER_NO_SUCH"


def test_the_users_own_file_lies_in_the_home_of_the_grader_if_there_is_one(tmp_path: Path) -> None:
    assert user_folder({"GRADER_HOME": str(tmp_path)}) == tmp_path
    assert user_folder({}).name == "ml-grader"


def test_the_page_about_settings_has_every_key_and_value_and_valid_examples(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    rows = {
        row[1].strip(" `"): row for row in (line.split("|") for line in page.splitlines()) if len(row) == 7
    }
    for key, kind in KINDS.items():
        assert key == "challenge" or rows[key][3].strip(" `") == variable(key)
        if isinstance(kind, tuple):
            assert re.findall(r"`([a-z]+)`", rows[key][4]) == list(kind)
    assert rows.keys() - KINDS.keys() == {"Key", "---"}
    own, project = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    put(tmp_path / "grader.toml", own)
    put(tmp_path / "below" / "pyproject.toml", project)
    assert values(tmp_path) == {"sandbox": "bubblewrap", "progress": False}
    assert values(tmp_path / "below") == {"bank": tmp_path / "below" / "course", "format": "json"}
