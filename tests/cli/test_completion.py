from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def completed(words: str, **environment: str) -> list[str]:
    """What bash is told after `words`, the last of which is incomplete."""
    done = subprocess.run(
        [sys.executable, "-c", "from grader.cli.main import main; main()"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {"_GRADER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        | environment,
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize("command", ["show", "grade"])
def test_challenges_are_completed(bank: Path, command: str) -> None:
    assert completed(f"grader {command} a", GRADER_BANK=str(bank)) == ["add-numbers"]


def test_the_bank_named_before_is_used(bank: Path) -> None:
    assert completed(f"grader show --bank {bank} ") == ["add-numbers", "extra-one", "walk-downhill"]


def test_commands_and_choices_are_completed() -> None:
    assert "grade" in completed("grader g")
    assert completed("grader grade --sandbox d") == ["docker"]


def test_without_a_bank_nothing_is_completed_and_nothing_said(tmp_path: Path) -> None:
    assert completed("grader show a", GRADER_BANK=str(tmp_path)) == []


@pytest.mark.parametrize(
    ("shell", "part"), [("bash", "complete "), ("zsh", "#compdef grader"), ("fish", "complete --")]
)
def test_the_script_of_each_shell_is_printed(run: Run, shell: str, part: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert part in result.stdout
    assert "_GRADER_COMPLETE" in result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_its_shell_can_read(run: Run, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    script = run("completion", shell).stdout
    subprocess.run([program, "-n"], input=script, text=True, check=True, timeout=20)


def test_an_unknown_shell_is_a_usage_error(run: Run) -> None:
    assert run("completion", "cmd").exit_code == 2
