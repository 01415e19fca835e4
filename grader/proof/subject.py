"""What is to be proven: a challenge with its solutions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.bank import Bank
from grader.model import Challenge
from grader.proof.expect import Expect


@dataclass(frozen=True, slots=True)
class Subject:
    """A challenge and what `expect.toml` promises of its solutions."""

    bank: Bank
    challenge: Challenge
    expect: Expect

    @property
    def slug(self) -> str:
        return self.challenge.slug

    @property
    def solutions(self) -> Path:
        """The folder of its solutions."""
        return self.bank.solutions / self.slug

    @property
    def reference(self) -> Path:
        return self.solutions / self.expect.reference.file

    @property
    def right(self) -> tuple[Path, ...]:
        """The reference and the alternatives."""
        return tuple(self.solutions / file for file in self.expect.right)

    @property
    def starters(self) -> tuple[Path, ...]:
        """What candidates start from: a module and a notebook."""
        folder = self.challenge.root / "starter"
        return folder / "solution.py", folder / "solution.ipynb"
