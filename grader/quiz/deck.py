"""Which card comes next. Pure; it knows of a card only when it is due."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from grader.store.values import to_time


def due_times(cards: Mapping[str, str]) -> dict[str, datetime]:
    """When each kept card is due, by slug; a card that cannot be read is left out, and so a new one."""
    found = {}
    for slug, text in cards.items():
        try:
            found[slug] = to_time(json.loads(text)["due"])
        except (ValueError, KeyError, TypeError, OverflowError):
            continue
    return found


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of a quiz in the bank's order, and when those that were rated before are due."""

    slugs: tuple[str, ...]
    due: Mapping[str, datetime]

    def ready(self, now: datetime) -> Sequence[str]:
        """The cards that are due, the longest overdue first."""
        rated = [slug for slug in self.slugs if slug in self.due and self.due[slug] <= now]
        return sorted(rated, key=lambda slug: self.due[slug])

    def new(self) -> Sequence[str]:
        """The cards that were never rated."""
        return [slug for slug in self.slugs if slug not in self.due]

    def next(self, now: datetime) -> str | None:
        """The card to ask now: one that is due, else a new one, else none."""
        return next(iter([*self.ready(now), *self.new()]), None)

    def following(self) -> tuple[str, datetime] | None:
        """The rated card that is due first, and when."""
        rated = [slug for slug in self.slugs if slug in self.due]
        first = min(rated, key=lambda slug: self.due[slug], default=None)
        return None if first is None else (first, self.due[first])
