"""How far the figures of right and wrong solutions stay from a metric's thresholds."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from grader.model import Metric

# How many standard deviations, over the seeds, must lie between an extreme and its threshold.
ROOM = 1.0


@dataclass(frozen=True, slots=True)
class Spread:
    """The values of a metric that one solution reached, one for each seed."""

    file: str
    metric: Metric
    values: tuple[float, ...]

    @property
    def worst(self) -> float:
        return max(self.values) if self.metric.better == "lower" else min(self.values)

    @property
    def best(self) -> float:
        return min(self.values) if self.metric.better == "lower" else max(self.values)

    @property
    def deviation(self) -> float:
        """Standard deviation over the seeds, in the metric's own unit."""
        return statistics.pstdev(self.values)

    @property
    def above_full(self) -> float:
        """By how much the worst value clears `full`; negative if it does not."""
        return _gain(self.metric, self.metric.full, self.worst)

    @property
    def below_passing(self) -> float:
        """By how much the best value stays on the wrong side of `passing`."""
        return _gain(self.metric, self.best, self.metric.passing)

    def in_deviations(self, room: float) -> float:
        """A distance in standard deviations; infinite where nothing varies and there is room."""
        if self.deviation:
            return room / self.deviation
        return math.inf if room > 0 else 0.0 if room == 0 else -math.inf


@dataclass(frozen=True, slots=True)
class Headroom:
    """One metric: what its right solutions and its baselines reached over the seeds."""

    metric: Metric
    seeds: int
    reference: Spread
    alternatives: tuple[Spread, ...]
    baselines: tuple[Spread, ...]

    @property
    def right(self) -> tuple[Spread, ...]:
        return (self.reference, *self.alternatives)

    @property
    def baseline(self) -> Spread | None:
        """The baseline that comes nearest to a pass."""
        return extreme(self.baselines, best=True)

    @property
    def deviations_above(self) -> float:
        """The right solutions' least distance from `full`, in standard deviations of that solution."""
        return min(spread.in_deviations(spread.above_full) for spread in self.right)

    @property
    def deviations_below(self) -> float:
        """The baselines' least distance from `passing`."""
        return min((one.in_deviations(one.below_passing) for one in self.baselines), default=math.nan)


def extreme(spreads: Sequence[Spread], *, best: bool) -> Spread | None:
    """The solution with the best best value, or with the worst worst one; None of none."""
    if not spreads:
        return None
    lower = spreads[0].metric.better == "lower"
    wanted = min if lower == best else max
    return wanted(spreads, key=lambda spread: spread.best if best else spread.worst)


def _gain(metric: Metric, start: float, end: float) -> float:
    """How much better `end` is than `start`."""
    return start - end if metric.better == "lower" else end - start
