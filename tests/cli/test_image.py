from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Start = Callable[..., subprocess.Popen[str]]


@pytest.mark.docker
def test_an_image_is_built_once_for_challenges_that_require_the_same(
    start: Start, bank: Path, base: str
) -> None:
    process = start("image", "build", "--all", "--bank", bank, GRADER_BASE_IMAGE=base)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    (line,) = out.splitlines()
    tag, _, packages = line.partition("  ")
    assert packages == "the standard library only"

    process = start("image", "build", "add-numbers", "--bank", bank, GRADER_BASE_IMAGE=base)
    assert process.communicate(timeout=60) == (out, ""), "it is there, so nothing is built or said"

    found = json.loads(start("image", "list", "--json").communicate(timeout=60)[0])
    (image,) = [one for one in found if one["tag"] == tag]
    assert image["requires"] == []
    assert image["base"] == base
    assert tag in start("image", "list").communicate(timeout=60)[0]


def test_build_wants_to_know_what_for(run: Run, bank: Path) -> None:
    for arguments in ([], ["add-numbers", "--all"]):
        result = run("image", "build", "--bank", bank, *arguments)
        assert result.exit_code == 2
        assert "or use --all" in result.stderr


def test_an_unknown_challenge_is_an_error_before_the_engine_is_asked(run: Run, bank: Path) -> None:
    result = run("image", "build", "nothing", "--bank", bank, DOCKER_HOST="unix:///nowhere/docker.sock")
    assert result.exit_code == 2
    assert "there is no challenge called 'nothing'" in result.stderr


@pytest.mark.parametrize("arguments", [["list"], ["prune"], ["build", "add-numbers"]])
def test_without_an_engine_it_says_what_to_install_and_ends_with_3(
    run: Run, bank: Path, arguments: list[str]
) -> None:
    environment = {"DOCKER_HOST": "unix:///nowhere/docker.sock", "GRADER_BANK": str(bank)}
    result = run("image", *arguments, **environment)
    assert result.exit_code == 3
    assert "no container engine answers" in result.stderr
    assert "install Docker or Podman" in result.stderr
    assert result.stdout == ""
