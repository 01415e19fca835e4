"""How far someone has come, as values. Pure: the record, the clock and the zone are arguments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from grader.model import Challenge, Metric
from grader.progress.days import Moment, Streak, by_day, spent, streak
from grader.store import Attempt, ChallengeState, Event, Review, Store

LEVELS = ("easy", "medium", "hard")


@dataclass(frozen=True, slots=True)
class Record:
    """What the store has, read at one time."""

    attempts: tuple[Attempt, ...] = ()
    events: tuple[Event, ...] = ()
    reviews: tuple[Review, ...] = ()
    states: Mapping[str, ChallengeState] | None = None

    @classmethod
    def of(cls, store: Store) -> Record:
        """Everything in a store."""
        return cls(store.attempts(), store.events(), store.reviews(), store.states())


@dataclass(frozen=True, slots=True)
class Best:
    """The best value of a metric in any attempt."""

    metric: Metric
    value: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One challenge with which something was done. `shares`: of the points, one for each attempt."""

    challenge: Challenge
    state: ChallengeState
    seconds: float
    shares: tuple[float, ...]
    best: tuple[Best, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The challenges of one topic or difficulty."""

    name: str
    solved: int
    total: int
    attempts: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far someone has come with the challenges of a bank.

    `days` counts what was done on each day; `absent` the attempts at challenges that the bank does not have.
    """

    today: date
    solved: int
    total: int
    attempts: int
    seconds: float
    hints: int
    cards: int  # rated at least once
    absent: int
    streak: Streak
    days: Mapping[date, int]
    topics: tuple[Group, ...]
    difficulties: tuple[Group, ...]
    lines: tuple[Line, ...]


def summarise(
    challenges: Sequence[Challenge], record: Record, now: datetime, zone: tzinfo | None = None
) -> Progress:
    """The progress at the time `now`; days begin and end as in `zone` (None: the system's)."""
    moments = list(_moments(record))
    times, days = spent(moments), by_day(moments, zone)
    states = record.states or {}
    today = now.astimezone(zone).date()
    known = {challenge.slug for challenge in challenges}
    lines = tuple(
        _line(challenge, states[challenge.slug], record.attempts, times.get(challenge.slug, 0.0))
        for challenge in challenges
        if challenge.slug in states
    )
    return Progress(
        today=today,
        solved=sum(line.state.label == "solved" for line in lines),
        total=len(challenges),
        attempts=sum(line.state.attempts for line in lines),
        seconds=sum(times.values()),
        hints=sum(line.state.hints for line in lines),
        cards=len({review.slug for review in record.reviews} & known),
        absent=sum(attempt.counts for attempt in record.attempts if attempt.slug not in known),
        streak=streak(days, today),
        days=days,
        topics=_groups(challenges, lines, lambda one: one.topic, sorted({one.topic for one in challenges})),
        difficulties=_groups(challenges, lines, lambda one: one.difficulty, LEVELS),
        lines=lines,
    )


def _moments(record: Record) -> Iterable[Moment]:
    yield from (Moment(one.started, one.slug, one.seconds) for one in record.attempts)
    # Giving up comes with seeing the answer, and is nothing more to do.
    yield from (Moment(one.at, one.slug) for one in record.events if one.kind != "gave_up")
    yield from (Moment(one.at, one.slug) for one in record.reviews)


def _line(challenge: Challenge, state: ChallengeState, attempts: Iterable[Attempt], seconds: float) -> Line:
    counting = [one for one in attempts if one.slug == challenge.slug and one.counts]
    return Line(
        challenge=challenge,
        state=state,
        seconds=seconds,
        shares=tuple(one.share for one in counting if one.share is not None),
        best=tuple(_best(challenge.metrics, counting)),
    )


def _best(metrics: Iterable[Metric], attempts: Iterable[Attempt]) -> Iterable[Best]:
    reached = [dict(attempt.metrics) for attempt in attempts]
    for metric in metrics:
        values = [values[metric.name] for values in reached if metric.name in values]
        if values:
            lower = metric.better == "lower"
            value = min(values) if lower else max(values)
            yield Best(metric, value, value <= metric.passing if lower else value >= metric.passing)


def _groups(
    challenges: Sequence[Challenge],
    lines: Sequence[Line],
    key: Callable[[Challenge], str],
    names: Sequence[str],
) -> tuple[Group, ...]:
    totals = Counter(map(key, challenges))
    return tuple(
        Group(
            name=name,
            solved=sum(line.state.label == "solved" for line in found),
            total=totals[name],
            attempts=sum(line.state.attempts for line in found),
            seconds=sum(line.seconds for line in found),
        )
        for name in names
        if totals[name]
        for found in [[line for line in lines if key(line.challenge) == name]]
    )
