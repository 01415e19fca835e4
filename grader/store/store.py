"""The record of what someone has done with the challenges."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType

from grader.model import Report
from grader.store import rows, transfer
from grader.store.database import FILE, connect, errors_explained, writing
from grader.store.values import (
    EVERYTHING,
    Attempt,
    ChallengeState,
    Event,
    Kind,
    Review,
    to_text,
    to_time,
)


class Store:
    """One file in `folder`. Several processes may have it open; each thread needs a Store of its own.

    Every method raises StoreError where the file cannot be read or written, and then has changed nothing.
    Times are aware. Use it as a context manager.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._connection = connect(folder)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is lost where it is not called."""
        self._connection.close()

    # Attempts.

    def add_attempt(self, report: Report, *, suite: str = EVERYTHING) -> int:
        """Keep a graded run; how many attempts at its challenge there are now.

        A run counts as an attempt if `suite` is "all" and the grader did not fail; others are kept all the
        same. `suite` says which checks ran, such as "visible".
        """
        from grader.report import render

        slug = report.challenge.slug
        values = [(one.metric.name, one.value) for one in report.metrics]
        finite = {name: value for name, value in values if value is not None and math.isfinite(value)}
        row = rows.AttemptRow(
            uid=_uid(),
            slug=slug,
            challenge_digest=report.challenge.digest,
            submission_digest=report.submission_digest,
            status=report.status.value,
            points=report.points,
            points_possible=report.points_possible,
            metrics=json.dumps(finite),
            started=to_text(to_time(report.started)),
            seconds=report.seconds,
            suite=suite,
            sandbox=report.environment.sandbox,
            official=report.official,
            report=render(report, "json", "candidate"),
        )
        with writing(self._connection, self.path):
            rows.insert(self._connection, "attempts", row)
            return rows.count_attempts(self._connection, slug)

    def attempts(self, slug: str | None = None) -> tuple[Attempt, ...]:
        """The runs with a challenge, or with all, oldest first; those too that do not count."""
        with errors_explained(self.path):
            return tuple(map(rows.attempt, rows.select(self._connection, "attempts", slug, "started, id")))

    # What is known of a challenge.

    def state(self, slug: str) -> ChallengeState:
        """What is known of a challenge: nothing, for one that is new."""
        return self._states(slug).get(slug, ChallengeState(slug))

    def states(self) -> Mapping[str, ChallengeState]:
        """The same for every challenge of which something is known, by slug."""
        return self._states(None)

    def mark_started(self, slug: str, folder: Path, when: datetime) -> None:
        """Remember that a workspace was made, and where."""
        with writing(self._connection, self.path):
            self._add_event(slug, "started", 0, when)
            self._connection.execute(
                "INSERT OR REPLACE INTO workspaces (slug, folder) VALUES (?, ?)",
                (slug, str(folder.absolute())),
            )

    def show_hint(self, slug: str, when: datetime) -> int:
        """Remember that one more hint is shown; how many that makes. The caller knows how many there are."""
        with writing(self._connection, self.path):
            number = rows.last_hint(self._connection, slug) + 1
            self._add_event(slug, "hint", number, when)
            return number

    def see_answer(self, slug: str, when: datetime, *, gave_up: bool) -> None:
        """Remember that the model answer was seen, and whether that was to give up."""
        with writing(self._connection, self.path):
            self._add_event(slug, "answer", 0, when)
            if gave_up:
                self._add_event(slug, "gave_up", 0, when)

    def events(self, slug: str | None = None) -> tuple[Event, ...]:
        """Starts, hints and answers, oldest first."""
        with errors_explained(self.path):
            return tuple(map(rows.event, rows.select(self._connection, "events", slug, "at, id")))

    def reset(self, slug: str | None) -> int:
        """Forget a challenge, or everything; how many rows are gone."""
        with writing(self._connection, self.path):
            gone = sum(rows.delete(self._connection, table, slug) for table in rows.OF_A_CHALLENGE)
            return gone + rows.delete_remembered(self._connection, slug)

    # Answers to the grader's own questions.

    def remember(self, key: str, value: str) -> None:
        """Keep a small answer under a name, instead of what was there.

        With a name that ends in `:SLUG` it is about that challenge, and forgotten with it.
        """
        with writing(self._connection, self.path):
            self._connection.execute(
                "INSERT OR REPLACE INTO remembered (key, value) VALUES (?, ?)", (key, value)
            )

    def recall(self, key: str) -> str | None:
        """What `remember` kept under the name, if anything."""
        with errors_explained(self.path):
            found = self._connection.execute("SELECT value FROM remembered WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else None

    # Quiz cards.

    def card(self, slug: str) -> str | None:
        """The challenge's quiz card as `rate` last got it; None for one that was never rated."""
        return self.cards().get(slug)

    def cards(self) -> Mapping[str, str]:
        """Every quiz card, by slug."""
        with errors_explained(self.path):
            return rows.cards(self._connection)

    def rate(self, slug: str, card: str, rating: int, when: datetime) -> None:
        """Keep a rating (1 again, 2 hard, 3 good, 4 easy) and what it made of the card, as JSON text."""
        row = rows.ReviewRow(uid=_uid(), slug=slug, rating=rating, at=to_text(when), card=card)
        with writing(self._connection, self.path):
            rows.insert(self._connection, "reviews", row)

    def reviews(self, slug: str | None = None) -> tuple[Review, ...]:
        """The ratings, oldest first."""
        with errors_explained(self.path):
            return tuple(map(rows.review, rows.select(self._connection, "reviews", slug, "at, id")))

    # From one machine to another.

    def export(self) -> dict[str, object]:
        """Everything that is not particular to this machine, as `grader/state/v1`: plain JSON values."""
        with errors_explained(self.path):
            return transfer.export(self._connection)

    def merge(self, data: object) -> int:
        """Add what an export has and this record has not; how many rows that were.

        Raises StateError with everything that is wrong with `data`, and then adds nothing.
        """
        found = transfer.parse(data)
        with writing(self._connection, self.path):
            return sum(rows.insert(self._connection, table, row) for table, row in found)

    def _states(self, slug: str | None) -> dict[str, ChallengeState]:
        with errors_explained(self.path):
            return rows.states(self._connection, slug)

    def _add_event(self, slug: str, kind: Kind, number: int, when: datetime) -> None:
        rows.insert(self._connection, "events", rows.EventRow(_uid(), slug, kind, number, to_text(when)))


def _uid() -> str:
    return os.urandom(16).hex()
