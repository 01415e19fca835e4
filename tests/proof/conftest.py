"""A fresh challenge, as `grader bank new` makes it, for tests that break one thing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.bank import Bank
from grader.grading import Session
from grader.proof.expect import FILE, Expect, read_table
from grader.proof.new import Wishes, create
from grader.proof.runs import Runs
from grader.proof.subject import Subject

SLUG = "mean-of-known"
FUNCTION = "mean_of_known"
METRIC = """
[[metrics]]
name = "error"
label = "Error of the mean"
better = "lower"
zero = 10.0
passing = 1.0
full = 0.5
points = 2
"""
METRIC_CHECK = f'''"""How near the mean comes."""

import numpy as np

from grader.checks import number


def test_error(candidate, rng, metric):
    """The mean is near."""
    values = rng.normal(5.0, 1.0, size=9)
    found = number(candidate.{FUNCTION}(values))
    metric("error", ERROR)
'''
BASELINE = """

[[wrong]]
file = "wrong_zero.py"
why = "the baseline"
rejected_by = ["metric:error"]
baseline_of = ["error"]
"""


class Fresh:
    """A bank with one challenge; files are named by their path below the bank."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.bank = Bank(root / "challenges", root / "solutions", root / "datasets")
        self.challenge, self.solutions = create(self.bank, SLUG, Wishes("Mean of known"))

    def change(self, path: str, *changes: tuple[str, str]) -> None:
        """Replace text in a file below the challenge or, if it is there, below its solutions."""
        file = next(one for one in (self.solutions / path, self.challenge / path) if one.is_file())
        text = file.read_text()
        for old, new in changes:
            assert old in text, (path, old)
            text = text.replace(old, new)
        file.write_text(text)

    def subject(self) -> Subject:
        expect, found = read_table(self.solutions / FILE, Expect)
        assert expect is not None, found
        return Subject(self.bank, self.bank.get(SLUG), expect)

    def with_metric(self, error: str) -> None:
        """Add a metric; `error` is an expression of `found`, `values` and `rng`. The baseline answers 0."""
        with (self.challenge / "challenge.toml").open("a") as file:
            file.write(METRIC)
        (self.challenge / "checks/hidden/test_error.py").write_text(METRIC_CHECK.replace("ERROR", error))
        (self.solutions / "wrong_zero.py").write_text(f"def {FUNCTION}(values):\n    return 0.0\n")
        with (self.solutions / FILE).open("a") as file:
            file.write(BASELINE)


@pytest.fixture
def fresh(tmp_path: Path) -> Fresh:
    return Fresh(tmp_path / "bank")


@pytest.fixture
def runs() -> Iterator[Callable[..., Runs]]:
    """Gradings of a fresh challenge in a plain subprocess, the quickest sandbox."""
    opened: list[tuple[Runs, Session]] = []

    def start(fresh: Fresh, sandbox: str = "process") -> Runs:
        session = Session(bank=fresh.bank, sandbox=sandbox)
        opened.append((Runs(session, SLUG, 2), session))
        return opened[-1][0]

    yield start
    for one, session in opened:
        one.close()
        session.close()
