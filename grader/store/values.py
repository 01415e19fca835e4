"""The values that come out of the store. Times are aware, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from grader.model import Status

EVERYTHING = "all"  # the suite of a run with every check; others are for looking, and do not count

Label = Literal["new", "started", "tried", "solved", "given up"]
Kind = Literal["started", "hint", "answer", "gave_up"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One graded run. `report` is the candidate's report as JSON text, `metrics` the finite values."""

    slug: str
    challenge_digest: str
    submission_digest: str
    status: Status
    points: float
    points_possible: float
    metrics: tuple[tuple[str, float], ...]
    started: datetime
    seconds: float  # that the grader took
    suite: str
    sandbox: str
    official: bool
    report: str

    @property
    def counts(self) -> bool:
        """Whether it is an attempt at the challenge: every check ran, and the grader did not fail."""
        return self.suite == EVERYTHING and self.status is not Status.INFRASTRUCTURE

    @property
    def passed(self) -> bool:
        return self.counts and self.status is Status.PASSED

    @property
    def share(self) -> float | None:
        """Share of the points, 0 to 1; None where the run does not count or there was nothing to earn."""
        return self.points / self.points_possible if self.counts and self.points_possible else None


@dataclass(frozen=True, slots=True)
class Event:
    """Something else that happened with a challenge. `number` is a hint's, counted from 1, and else 0."""

    slug: str
    kind: Kind
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """A quiz card that was rated: 1 again, 2 hard, 3 good, 4 easy."""

    slug: str
    rating: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ChallengeState:
    """What is known of one challenge. `best` is a share of its points, 0 to 1."""

    slug: str
    folder: Path | None = None  # of the workspace that was made last
    started: datetime | None = None
    hints: int = 0
    answer_seen: bool = False
    gave_up: bool = False
    attempts: int = 0
    best: float | None = None
    solved: datetime | None = None  # first time
    last: datetime | None = None  # when something was last done

    @property
    def label(self) -> Label:
        """The state in a word. Whoever solves it after giving up has solved it."""
        if self.solved:
            return "solved"
        if self.gave_up:
            return "given up"
        if self.attempts:
            return "tried"
        return "started" if self.started else "new"


def to_text(when: datetime) -> str:
    """RFC 3339 in UTC, always with microseconds, so that the order of the texts is that of the times.

    Raises ValueError for a time without a zone.
    """
    if when.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be kept: {when.isoformat()}")
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def to_time(text: str) -> datetime:
    """The time that `to_text` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)
