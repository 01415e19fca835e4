"""Rows of the tables, and the values that are made from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from grader.model import Status
from grader.store.values import EVERYTHING, Attempt, ChallengeState, Event, Kind, Review, to_time

Table = Literal["attempts", "events", "reviews"]
RECORD: tuple[Table, ...] = ("attempts", "events", "reviews")
OF_A_CHALLENGE = (*RECORD, "workspaces")


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """A row of `attempts`; `metrics` and `report` are JSON, times as `to_text` writes them."""

    uid: str
    slug: str
    challenge_digest: str
    submission_digest: str
    status: str
    points: float
    points_possible: float
    metrics: str
    started: str
    seconds: float
    suite: str
    sandbox: str
    official: bool
    report: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of `events`."""

    uid: str
    slug: str
    kind: Kind
    number: int
    at: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row of `reviews`; `card` is JSON, as the scheduler left it."""

    uid: str
    slug: str
    rating: int
    at: str
    card: str


Row = AttemptRow | EventRow | ReviewRow
_COLUMNS = {
    "attempts": tuple(AttemptRow.__slots__),
    "events": tuple(EventRow.__slots__),
    "reviews": tuple(ReviewRow.__slots__),
}


def insert(connection: sqlite3.Connection, table: Table, row: Row) -> int:
    """Add a row, unless one with its uid is there; how many were added."""
    names = _COLUMNS[table]
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + one for one in names)})"
    return connection.execute(f"{statement} ON CONFLICT (uid) DO NOTHING", asdict(row)).rowcount


def select(
    connection: sqlite3.Connection, table: Table, slug: str | None, order: str
) -> Iterator[tuple[Any, ...]]:
    """The rows of one challenge or of all, without their ids."""
    columns = ", ".join(_COLUMNS[table])
    where = "" if slug is None else "WHERE slug = :slug"
    return iter(
        connection.execute(
            f"SELECT {columns} FROM {table} {where} ORDER BY {order}", {"slug": slug}
        ).fetchall()
    )


def delete(connection: sqlite3.Connection, table: str, slug: str | None) -> int:
    """Take away the rows of one challenge or of all; how many there were."""
    where = "" if slug is None else "WHERE slug = :slug"
    return connection.execute(f"DELETE FROM {table} {where}", {"slug": slug}).rowcount


def delete_remembered(connection: sqlite3.Connection, slug: str | None) -> int:
    """Take away the small answers about one challenge, or all of them; how many there were."""
    where = "" if slug is None else "WHERE substr(key, -length(:end)) = :end"
    return connection.execute(f"DELETE FROM remembered {where}", {"end": f":{slug}"}).rowcount


def attempt(row: tuple[Any, ...]) -> Attempt:
    """The value of a row of `attempts`."""
    found = AttemptRow(*row)
    return Attempt(
        slug=found.slug,
        challenge_digest=found.challenge_digest,
        submission_digest=found.submission_digest,
        status=Status(found.status),
        points=found.points,
        points_possible=found.points_possible,
        metrics=tuple(json.loads(found.metrics).items()),
        started=to_time(found.started),
        seconds=found.seconds,
        suite=found.suite,
        sandbox=found.sandbox,
        official=bool(found.official),
        report=found.report,
    )


def event(row: tuple[Any, ...]) -> Event:
    """The value of a row of `events`."""
    found = EventRow(*row)
    return Event(found.slug, found.kind, found.number, to_time(found.at))


def review(row: tuple[Any, ...]) -> Review:
    """The value of a row of `reviews`."""
    found = ReviewRow(*row)
    return Review(found.slug, found.rating, to_time(found.at))


def count_attempts(connection: sqlite3.Connection, slug: str) -> int:
    """How many runs with the challenge count."""
    row = connection.execute(
        f"SELECT COUNT(*) FROM attempts WHERE slug = ? AND {_COUNTS}", (slug,)
    ).fetchone()
    return int(row[0])


def last_hint(connection: sqlite3.Connection, slug: str) -> int:
    """The number of the last hint that was shown, 0 if none was."""
    row = connection.execute(
        "SELECT MAX(number) FROM events WHERE slug = ? AND kind = 'hint'", (slug,)
    ).fetchone()
    return int(row[0] or 0)


def cards(connection: sqlite3.Connection) -> dict[str, str]:
    """What the latest rating made of each card, by slug."""
    return dict(connection.execute("SELECT slug, card FROM reviews ORDER BY at, id").fetchall())


_COUNTS = f"suite = '{EVERYTHING}' AND status <> '{Status.INFRASTRUCTURE}'"
_STATES = f"""
SELECT slug,
    (SELECT folder FROM workspaces WHERE workspaces.slug = known.slug),
    MIN(CASE WHEN kind = 'started' THEN at END),
    MAX(CASE WHEN kind = 'hint' THEN number ELSE 0 END),
    MAX(kind IN ('answer', 'gave_up')),
    MAX(kind = 'gave_up'),
    SUM(counts),
    MAX(CASE WHEN counts THEN share END),
    MIN(CASE WHEN counts AND kind = '{Status.PASSED}' THEN at END),
    MAX(at)
FROM (
    SELECT slug, kind, number, at, 0 AS counts, NULL AS share FROM events
    UNION ALL SELECT slug, 'review', 0, at, 0, NULL FROM reviews
    UNION ALL SELECT slug, status, 0, started, {_COUNTS}, points / NULLIF(points_possible, 0) FROM attempts
) AS known
"""


def states(connection: sqlite3.Connection, slug: str | None) -> dict[str, ChallengeState]:
    """What is known of one challenge or of all, by slug; nothing for one that is new."""
    where = "" if slug is None else "WHERE slug = :slug"
    found = connection.execute(f"{_STATES} {where} GROUP BY slug ORDER BY slug", {"slug": slug}).fetchall()
    return {row[0]: _state(*row) for row in found}


def _state(
    slug: str,
    folder: str | None,
    started: str | None,
    hints: int,
    answer_seen: int,
    gave_up: int,
    attempts: int,
    best: float | None,
    solved: str | None,
    last: str | None,
) -> ChallengeState:
    return ChallengeState(
        slug=slug,
        folder=Path(folder) if folder else None,
        started=to_time(started) if started else None,
        hints=hints,
        answer_seen=bool(answer_seen),
        gave_up=bool(gave_up),
        attempts=attempts,
        best=best,
        solved=to_time(solved) if solved else None,
        last=to_time(last) if last else None,
    )
