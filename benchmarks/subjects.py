"""What a measured thing is, and what came of it."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.timing import Reading

PARTS = {
    "bare": "Bare pytest in a fresh process on the host: nothing isolated",
    "container": "pytest in a plain `docker run`",
    "cold": "`grader grade` from a cold start, the whole process",
    "warm": "A second and later submission through the library, sandboxes started ahead",
    "pool": "Many submissions, two at a time",
    "transfer": "Values to the sandbox and back",
    "memory": "Peak memory of the largest process",
}


@dataclass(frozen=True, slots=True)
class Aim:
    """A bound on the ratio to the baseline."""

    bound: float
    at_least: bool = False

    def met(self, ratio: float) -> bool:
        """Whether `ratio` keeps it."""
        return ratio >= self.bound if self.at_least else ratio <= self.bound

    def __str__(self) -> str:
        return f"{'at least' if self.at_least else 'at most'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that has a turn in every round.

    `against`: the key of its baseline. `memory`: what its peak memory is called, if it is of interest.
    """

    key: str
    part: str
    label: str
    unit: str
    turn: Callable[[], Reading]
    against: str = ""
    aim: Aim | None = None
    memory: str = ""


@dataclass
class Result:
    """The readings of one subject over all rounds."""

    subject: Subject
    values: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    def add(self, reading: Reading) -> None:
        """Note one turn."""
        self.values.extend(reading.values)
        if reading.peak_mib:
            self.peaks.append(reading.peak_mib)

    @property
    def median(self) -> float:
        """Over every value of every round."""
        return statistics.median(self.values)
