"""A bank of one small challenge, and a session that grades against it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader import Session
from grader.bank import Bank

MANIFEST = """
format = 1
title = "Add two numbers"
topic = "metrics"
difficulty = "easy"
minutes = 5
functions = ["add"]
requires = ["numpy"]

[limits]
seconds = 2
memory_mb = 256
"""


@pytest.fixture
def make_bank(tmp_path: Path) -> Callable[..., Bank]:
    """Writes a bank whose one challenge, `add`, has the hidden checks that are given."""

    def make(hidden: str, *, visible: str = "", more: str = "", files: dict[str, str] | None = None) -> Bank:
        folder = tmp_path / "bank" / "challenges" / "add"
        texts = {
            "challenge.toml": MANIFEST + more,
            "README.md": "# Add\n\n`add(a, b)` returns the sum.\n",
            "answer.md": "# What is a sum?\n\nA number.\n\n## The usual wrong answer\n\nNone.\n\n## Follow-up questions\n\n- Why?\n",
            "hints.md": "## Hint 1\n\nPlus.\n\n## Hint 2\n\nPlus.\n\n## Hint 3\n\nPlus.\n",
            "starter/solution.py": "def add(a, b):\n    raise NotImplementedError\n",
            "checks/hidden/test_add.py": hidden,
            "checks/visible/test_example.py": visible
            or 'from grader.checks import equal\n\n\ndef test_example(candidate):\n    """One and one."""\n'
            "    equal(candidate.add(1, 1), 2)\n",
            **(files or {}),
        }
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        (tmp_path / "bank" / "solutions").mkdir(exist_ok=True)
        (tmp_path / "bank" / "datasets").mkdir(exist_ok=True)
        return Bank.at(tmp_path / "bank")

    return make


@pytest.fixture
def grade(make_bank: Callable[..., Bank], tmp_path: Path) -> Callable[..., object]:
    """Grades source against hidden checks in a plain subprocess, the quickest sandbox."""

    def run(
        source: str, hidden: str, *, sandbox: str = "process", seed: str | None = None, **bank: object
    ) -> object:
        path = tmp_path / "solution.py"
        path.write_text(source)
        with Session(bank=make_bank(hidden, **bank), sandbox=sandbox) as session:
            return session.grade("add", path, seed=seed)

    return run
