"""`proof.toml`: the costly part of a proof, kept beside the solutions until something it rests on changes.

`python -m grader.proof.record` prints the JSON Schema that is published under `schemas/`.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from grader.manifest import Count, Table, Text, document
from grader.proof.calibration import SEEDS
from grader.proof.expect import read_table
from grader.proof.findings import SECTIONS
from grader.proof.layout import files
from grader.proof.subject import Subject

FILE = "proof.toml"
HEAD = (
    "# Written by `grader bank check --record`: what the solutions and the mutants of the reference showed."
)
KEPT = frozenset({"mutants", "seeds", "parity"})  # the sections that take minutes


class Mutants(Table):
    """How many there are, how many are killed, and how many are right answers too."""

    total: Count
    killed: Count
    equivalent: Count


class Room(Table):
    """A metric's distances from its thresholds, in standard deviations over the seeds."""

    model_config = ConfigDict(allow_inf_nan=True)  # of a figure that does not vary

    metric: Text
    right: Annotated[float, Field(description="from full credit to the worst right solution")]
    baselines: Annotated[float, Field(description="from a pass to the best baseline")]


class Record(Table):
    """What was proven, and of which files."""

    format: Literal[1]
    digest: Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
    seeds: Annotated[int, Field(ge=SEEDS)]
    mutants: Mutants
    rooms: list[Room] = Field(default_factory=list)


def digest(subject: Subject) -> str:
    """`sha256:...` over what these sections rest on: the checks, the manifest and the solutions."""
    total = hashlib.sha256(subject.challenge.digest.encode())
    for name in files(subject.solutions):
        if name != FILE:
            for part in (name.encode(), (subject.solutions / name).read_bytes()):
                total.update(len(part).to_bytes(8, "big") + part)
    return f"sha256:{total.hexdigest()}"


def current(subject: Subject) -> Record | None:
    """The record, if it is of the files as they are now; None where there is none or it cannot be read."""
    path = subject.solutions / FILE
    record = read_table(path, Record)[0] if path.is_file() else None
    return record if record is not None and record.digest == digest(subject) else None


def missing(done: Sequence[str], seeds: int | None) -> str:
    """Why a proof is not worth keeping; empty if it is."""
    if left := [section for section in SECTIONS if section not in done]:
        return f"it lacks {', '.join(left)} (parity needs --sandbox all)"
    if seeds is None or seeds < SEEDS:
        return f"it is of {seeds} seeds; {SEEDS} are wanted"
    return ""


def write(subject: Subject, seeds: int, mutants: Mutants, rooms: Sequence[Room]) -> None:
    """Keep a proof without findings."""
    lines = [HEAD, "format = 1", f'digest = "{digest(subject)}"', f"seeds = {seeds}"]
    lines += ["", "[mutants]", *(f"{key} = {value}" for key, value in mutants.model_dump().items())]
    for room in rooms:
        lines += ["", "[[rooms]]", f'metric = "{room.metric}"']
        lines += [f"right = {round(room.right, 2)}", f"baselines = {round(room.baselines, 2)}"]
    (subject.solutions / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def schema() -> str:
    """The JSON Schema of `proof.toml`, as text."""
    return document(Record, "proof")


if __name__ == "__main__":
    sys.stdout.write(schema())
