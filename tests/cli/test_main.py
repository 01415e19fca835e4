from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from grader.cli.main import COMMANDS, command

Run = Callable[..., Result]
HEAVY = {"numpy", "pandas", "sklearn", "scipy", "docker"}
PROGRAM = """
import sys
sys.argv[0] = "grader"
from grader.cli.main import main
try:
    main()
finally:
    print("loaded", *sorted(set(sys.modules) & set(%r)), file=sys.stderr)
"""


def loaded_by(*arguments: str, **environment: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % sorted(HEAVY | {"pydantic", "rich"}), *arguments],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    return set(done.stderr.splitlines()[-1].split()[1:])


LIGHT = [
    ["list"],
    ["list", "--json"],
    ["show", "f1-by-hand"],
    ["hint", "f1-by-hand"],
    ["start", "--next"],
    [],
]


@pytest.mark.parametrize("arguments", LIGHT, ids=str)
def test_what_is_typed_often_loads_no_library_but_click(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert loaded_by(*arguments) == set()


@pytest.mark.parametrize("arguments", LIGHT, ids=str)
def test_what_is_typed_often_needs_nothing_that_only_posix_has(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty")
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({names}));"
        "from grader.cli.main import main; sys.argv[0] = 'grader'; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["completion", "fish"]])
def test_what_needs_no_bank_loads_no_library_but_click(arguments: list[str]) -> None:
    assert loaded_by(*arguments) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_loads_no_heavy_library(name: str) -> None:
    assert not loaded_by(name, "--help") & HEAVY


@pytest.mark.parametrize("words", ["grader ", "grader grade add", "grader show ", "grader grade --sandbox "])
def test_completion_loads_no_heavy_library(bank: Path, words: str) -> None:
    position = str(len(words.split(" ")) - 1)
    assert not loaded_by(
        _GRADER_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=position, GRADER_BANK=str(bank)
    ) & HEAVY  # fmt: skip


def test_the_help_lists_every_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, (_, summary) in COMMANDS.items():
        assert f"{name} " in result.output
        assert summary.split(".")[0] in result.output


def every_command(
    group: click.Group, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        assert one is not None
        found.append(((*path, name), one))
        if isinstance(one, click.Group):
            found += every_command(one, (*path, name))
    return found


@pytest.mark.parametrize(("path", "one"), every_command(command), ids=str)
def test_every_command_and_option_is_explained(run: Run, path: tuple[str, ...], one: click.Command) -> None:
    assert one.name == path[-1]
    assert one.help
    for parameter in one.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.name} has no help"
    for option in ("-h", "--help"):
        result = run(*path, option)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: grader")


def test_version_is_printed(run: Run) -> None:
    assert run("--version").stdout.startswith("grader ")


def test_an_unknown_command_is_a_usage_error_with_the_nearest_one(run: Run) -> None:
    result = run("lst")
    assert result.exit_code == 2
    assert "Did you mean 'list'?" in result.stderr
    assert result.stdout == ""


def test_an_unknown_log_level_is_a_usage_error(run: Run, bank: Path) -> None:
    result = run("list", "--bank", bank, GRADER_LOG="loud")
    assert result.exit_code == 2
    assert "debug, info, warning or error" in result.stderr
