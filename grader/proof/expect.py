"""What `expect.toml` may say: the solutions of a challenge, and which checks must reject the wrong ones.

`python -m grader.proof.expect` prints the JSON Schema that is published under `schemas/`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from grader.manifest import Model, Table, Text, document, read
from grader.proof.findings import Finding

FILE = "expect.toml"
File = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+\.py$")]


class ReferenceTable(Table):
    """The solution that the challenge is proven with."""

    file: File = "reference.py"


class AlternativeTable(Table):
    """Another right solution, written in another way."""

    file: File


class WrongTable(Table):
    """A wrong solution: a misconception, a cheat, or the baseline of a metric."""

    file: File
    why: Annotated[Text, Field(description="what is wrong with it, in a few words")]
    rejected_by: Annotated[
        list[Text],
        Field(min_length=1, description="checks (`hidden/test_x.py::test_y`) or metrics (`metric:name`)"),
    ]
    baseline_of: list[Text] = Field(
        default_factory=list, description="metrics that it must miss on every seed, with room"
    )


class LeaksTable(Table):
    """What looks like a leak and is none, with the reason."""

    ordered: Annotated[Text | None, Field(description="why labels may follow the order of rows")] = None
    shown: Annotated[
        Text | None, Field(description="why numbers of hidden checks stand in visible files")
    ] = None


class Expect(Table):
    """The solutions of one challenge."""

    format: Literal[1]
    reference: ReferenceTable = ReferenceTable()
    alternative: list[AlternativeTable] = Field(default_factory=list)
    wrong: list[WrongTable] = Field(default_factory=list)
    leaks: LeaksTable = LeaksTable()

    @property
    def right(self) -> tuple[str, ...]:
        """The files that must earn everything, the reference first."""
        return (self.reference.file, *(entry.file for entry in self.alternative))

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that is named."""
        return (*self.right, *(entry.file for entry in self.wrong))

    def baselines(self, metric: str) -> tuple[str, ...]:
        """The wrong solutions that must miss `metric`."""
        return tuple(entry.file for entry in self.wrong if metric in entry.baseline_of)


def read_table(
    path: Path, model: type[Model], section: str = "structure"
) -> tuple[Model | None, list[Finding]]:
    """A TOML file beside a challenge, or None with what is wrong with it."""
    found, _, errors = read(path, model)
    return found, [Finding(section, path.name, line.removeprefix(f"{path}: ")) for line in errors]


def schema() -> str:
    """The JSON Schema of `expect.toml`, as text."""
    return document(Expect, "expect")


if __name__ == "__main__":
    sys.stdout.write(schema())
