from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.resources import folder, package_folder


@pytest.mark.parametrize("name", ["challenges", "datasets"])
def test_the_folders_of_this_checkout_are_found(name: str) -> None:
    assert folder(name).is_dir()
    assert folder(name).name == name


def test_a_wheel_carries_its_folders_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "grader"
    inside = package / "_data" / "challenges"
    inside.mkdir(parents=True)
    (tmp_path / "challenges").mkdir()
    assert folder("challenges", package=package) == inside


def test_in_a_checkout_the_folder_stands_beside_the_package(tmp_path: Path) -> None:
    (tmp_path / "docker").mkdir()
    assert folder("docker", package=tmp_path / "grader") == tmp_path / "docker"


def test_a_missing_folder_is_an_error_that_names_both_places(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"_data.*install the grader again"):
        folder("schemas", package=tmp_path / "grader")


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(GraderError, match="no folder of the grader called "):
        folder("../etc")


def test_a_subpackage_is_a_folder_of_the_package() -> None:
    assert (package_folder("worker") / "__init__.py").is_file()
