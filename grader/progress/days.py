"""Time spent and days in a row, from the moments at which something was done. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

BREAK = timedelta(hours=1)  # a longer pause was not spent on a challenge

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something was done with a challenge; it took up to `seconds` of the machine's time."""

    at: datetime
    slug: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with something done. `current` may end yesterday: today is not over."""

    current: int
    longest: int
    today: bool


def spent(moments: Iterable[Moment]) -> dict[str, float]:
    """Seconds by challenge: the time that led up to each moment, unless it was longer than a break.

    Moments of all challenges must be given together, so that no time is counted for two.
    """
    totals: dict[str, float] = {}
    until: datetime | None = None  # time up to here is counted, or was a break
    for moment in sorted(moments, key=lambda one: one.at):
        end = moment.at + timedelta(seconds=moment.seconds)
        begin = until if until is not None and moment.at - until <= BREAK else moment.at
        took = max(timedelta(), end - begin)
        totals[moment.slug] = totals.get(moment.slug, 0.0) + took.total_seconds()
        until = max(end, until) if until is not None else end
    return totals


def by_day(moments: Iterable[Moment], zone: tzinfo | None) -> Counter[date]:
    """How much was done on each day of `zone` (None: the system's)."""
    return Counter(moment.at.astimezone(zone).date() for moment in moments)


def streak(days: Iterable[date], today: date) -> Streak:
    """The days in a row up to `today`, and the most there ever were."""
    done = set(days)
    lengths = []
    for first in (day for day in done if day - DAY not in done):
        length = 1
        while first + length * DAY in done:
            length += 1
        lengths.append(length)
    last = today if today in done else today - DAY
    current = 0
    while last - current * DAY in done:
        current += 1
    return Streak(current, max(lengths, default=0), today in done)


def weeks(today: date, count: int) -> tuple[tuple[date, ...], ...]:
    """The last `count` weeks from Monday to Sunday, the current one last."""
    monday = today - today.weekday() * DAY
    return tuple(
        tuple(monday - (count - 1 - week) * 7 * DAY + day * DAY for day in range(7)) for week in range(count)
    )


def level(count: int, most: int) -> int:
    """How much a day's count is of the busiest day's: 0 nothing, 1 to 4."""
    return 0 if not count else min(4, 1 + 4 * (count - 1) // max(most, 4))
