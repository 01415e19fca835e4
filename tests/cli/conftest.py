"""A small bank, and the command run both in this process and as a program of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli.main import command
from grader.errors import SandboxError
from grader.sandbox.docker.engine import connect
from grader.sandbox.docker.image import DEFAULT_BASE

LOCAL_BASE = "grader-base:bookworm"  # what scripts/base-image makes
MANIFEST = """
format = 1
title = "{title}"
{question}
topic = "{topic}"
difficulty = "{difficulty}"
minutes = {minutes}
functions = ["add"]
requires = []
"""
HIDDEN = '''
from grader.checks import equal

def test_small(candidate):
    """Small numbers are added."""
    equal(candidate.add(2, 3), 5)

def test_negative(candidate):
    """Negative numbers are added."""
    equal(candidate.add(-2, -3), -5)
'''
VISIBLE = '''
import pytest

from grader.checks import equal, raises

@pytest.mark.hint("Plus is a sign.")
@pytest.mark.parametrize("more", [0, 3])
def test_example(candidate, more):
    """The example of the brief."""
    equal(candidate.add(2, more), 2 + more)

def test_text(candidate):
    """Text is an error."""
    with raises(candidate, TypeError):
        candidate.add("2", 3)
'''
STARTER = "def add(a, b):\n    raise NotImplementedError\n"
NOTEBOOK = """{"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [],
"source": "def add(a, b):\\n    return a + b"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""
HINTS = "## Hint 1\n\nThink.\n\n## Hint 2\n\nUse `+`.\n\n## Hint 3\n\nIt is `a + b`.\n"
ANSWER = (
    "# Why add?\n\nBecause.\n\n## The usual wrong answer\n\nNo.\n\n## Follow-up questions\n\n1. Why not?\n"
)
REFERENCE = '"""Adds."""\n\n\ndef add(a, b):\n    return a + b\n'
ALTERNATIVE = """
import math


def add(a, b):
    if isinstance(a, str):
        raise TypeError
    total = a
    for _ in range(abs(b)):
        total += int(math.copysign(1, b))
    return total
"""
CHALLENGES = (
    ("add-numbers", "Add two numbers", "question = 7", "metrics", "easy", 5),
    (
        "walk-downhill",
        "Walk downhill, step by step, to the bottom",
        "question = 3",
        "optimisation",
        "hard",
        40,
    ),
    ("extra-one", "Something more", "", "metrics", "medium", 120),
)


@pytest.fixture(autouse=True)
def grader_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program keeps what it remembers: never in the home of whoever runs the tests."""
    folder = tmp_path / "home"
    monkeypatch.setenv("GRADER_HOME", str(folder))
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of three challenges; `add-numbers` can be graded."""
    root = tmp_path / "bank"
    for slug, title, question, topic, difficulty, minutes in CHALLENGES:
        folder = root / "challenges" / slug
        (folder / "checks" / "hidden").mkdir(parents=True)
        text = MANIFEST.format(
            title=title, question=question, topic=topic, difficulty=difficulty, minutes=minutes
        )
        (folder / "challenge.toml").write_text(text, encoding="utf-8")
        (folder / "README.md").write_text(f"# {title}\n\nWrite `add(a, b)`.\n", encoding="utf-8")
        (folder / "answer.md").write_text("# Why add?\n\nBecause.\n", encoding="utf-8")
        (folder / "checks" / "hidden" / "test_add.py").write_text(HIDDEN, encoding="utf-8")
    (root / "solutions").mkdir()
    (root / "datasets").mkdir()
    return root


@pytest.fixture
def solving(bank: Path) -> Path:
    """The same bank, with all that somebody needs who solves `add-numbers`."""
    root, solutions = bank / "challenges" / "add-numbers", bank / "solutions" / "add-numbers"
    for folder in (root / "checks" / "visible", root / "starter", solutions):
        folder.mkdir()
    (root / "checks" / "visible" / "test_example.py").write_text(VISIBLE, encoding="utf-8")
    (root / "starter" / "solution.py").write_text(STARTER, encoding="utf-8")
    (root / "starter" / "solution.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    (root / "hints.md").write_text(HINTS, encoding="utf-8")
    (root / "answer.md").write_text(ANSWER, encoding="utf-8")
    (solutions / "reference.py").write_text(REFERENCE, encoding="utf-8")
    (solutions / "alternative_loops.py").write_text(ALTERNATIVE, encoding="utf-8")
    return bank


@pytest.fixture
def workspace(
    solving: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> Path:
    """A folder that `grader start` made, and that is the current one."""
    monkeypatch.chdir(tmp_path)
    assert run("start", "add-numbers", "--bank", solving).exit_code == 0
    monkeypatch.chdir(tmp_path / "add-numbers")
    return tmp_path / "add-numbers"


@pytest.fixture
def run() -> Callable[..., Result]:
    """The command in this process: `run("list", "--json")`."""

    def invoke(*arguments: str | Path, **environment: str) -> Result:
        return CliRunner().invoke(
            command, [str(one) for one in arguments], prog_name="grader", env=environment
        )

    return invoke


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[str]]:
    """The command as a program: `start("list", GRADER_LOG="debug")`."""

    def popen(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "grader", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | environment,
        )

    return popen


@pytest.fixture(scope="session")
def base() -> str:
    """The base image to build on; the test is skipped where no engine answers."""
    try:
        client = connect().client
    except SandboxError as error:
        pytest.skip(str(error))
    with contextlib.closing(client):
        present = {tag for image in client.api.images() for tag in image["RepoTags"] or []}
    chosen = os.environ.get("GRADER_BASE_IMAGE") or os.environ.get("BASE_IMAGE")
    return chosen or (LOCAL_BASE if LOCAL_BASE in present else DEFAULT_BASE)
