"""When a card comes again after a rating: the library fsrs with its usual parameters.

The algorithm is FSRS, the free spaced repetition scheduler, version 6: it models how memory fades.
"""

from __future__ import annotations

import zlib
from datetime import datetime

from fsrs import Card, Rating, Scheduler, State

from grader.store.values import to_time

RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


def rated(slug: str, card: str | None, rating: int, now: datetime) -> tuple[str, datetime]:
    """The card after a rating at `now` (in UTC), as JSON, and when it is due. `card` is None for a new one.

    The same ratings at the same times always give the same card. A kept card that makes no sense to fsrs, as
    one that was imported may not, counts as new. Raises ValueError for a rating that is not one of RATINGS.
    """
    # Without chance: it would spread the cards of a large collection over days, and there are 25.
    scheduler = Scheduler(enable_fuzzing=False)
    after, _ = scheduler.review_card(_read(slug, card, now), Rating(rating), review_datetime=now)
    return after.to_json(), to_time(after.due.isoformat())


def _read(slug: str, text: str | None, now: datetime) -> Card:
    new = Card(card_id=zlib.crc32(slug.encode()), due=now)
    if text is None:
        return new
    try:
        card = Card.from_json(text)
    except (ValueError, KeyError, TypeError):
        return new
    return card if _makes_sense(card) else new


def _makes_sense(card: Card) -> bool:
    """Whether fsrs can compute with the card; it does not look itself."""
    if card.last_review is None or card.last_review.tzinfo is None:
        return False
    if card.stability is None or card.difficulty is None:
        return False
    stepped = card.step is None if card.state is State.Review else card.step in range(10)
    return stepped and 0 < card.stability < 1e6 and 1 <= card.difficulty <= 10
