"""`calibration.toml`: the figures over the seeds that are kept beside a challenge.

`python -m grader.proof.calibration` prints the JSON Schema that is published under `schemas/`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from grader.manifest import Table, Text, document
from grader.proof.headroom import Headroom, Spread, extreme

FILE = "calibration.toml"
HEAD = "# Written by `grader bank update`: worst and best value of each metric over the seeds."
SEEDS = 20  # fewer show too little of the noise
DIGITS = 3


class MetricFigures(Table):
    """What the solutions reached in one metric, and the thresholds at that time."""

    name: Text
    seeds: Annotated[int, Field(ge=1, description="runs of each solution, under the seeds 1 to this")]
    passing: float
    full: float
    reference_worst: float
    reference_best: float
    alternative_worst: Annotated[float, Field(description="over all alternatives")]
    alternative_best: float
    baseline: Annotated[Text, Field(description="the baseline that comes nearest to a pass")]
    baseline_worst: float
    baseline_best: float


class Calibration(Table):
    """The figures of one challenge."""

    format: Literal[1]
    metrics: list[MetricFigures]


def render(measured: Sequence[Headroom]) -> str:
    """The text of the file. Raises ValueError if a metric lacks an alternative or a baseline."""
    lines = [HEAD, "format = 1"]
    for headroom in measured:
        figures = _figures(headroom)
        lines += ["", "[[metrics]]"]
        lines += [f"{key} = {_literal(value)}" for key, value in figures.model_dump().items()]
    return "\n".join(lines) + "\n"


def _figures(headroom: Headroom) -> MetricFigures:
    metric, baseline = headroom.metric, headroom.baseline
    worst = extreme(headroom.alternatives, best=False)
    best = extreme(headroom.alternatives, best=True)
    if worst is None or best is None or baseline is None:
        raise ValueError(f"the metric {metric.name} needs an alternative and a baseline that record it")
    return MetricFigures(
        name=metric.name,
        seeds=headroom.seeds,
        passing=metric.passing,
        full=metric.full,
        reference_worst=round(headroom.reference.worst, DIGITS),
        reference_best=round(headroom.reference.best, DIGITS),
        alternative_worst=round(worst.worst, DIGITS),
        alternative_best=round(best.best, DIGITS),
        baseline=baseline.file,
        baseline_worst=round(baseline.worst, DIGITS),
        baseline_best=round(baseline.best, DIGITS),
    )


def _literal(value: float | int | str) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def differences(kept: Calibration, measured: Sequence[Headroom]) -> Iterator[str]:
    """Where kept figures are not those measured now, beyond their noise."""
    names = [headroom.metric.name for headroom in measured]
    by_name = {figures.name: figures for figures in kept.metrics}
    if [figures.name for figures in kept.metrics] != names:
        yield f"has the metrics {', '.join(by_name)}, but challenge.toml has {', '.join(names)}"
    for headroom in measured:
        if figures := by_name.get(headroom.metric.name):
            yield from _stale(figures, headroom)


def _stale(figures: MetricFigures, headroom: Headroom) -> Iterator[str]:
    name, metric = figures.name, headroom.metric
    if (figures.passing, figures.full) != (metric.passing, metric.full):
        yield f"{name}: has other thresholds than challenge.toml"
    if figures.seeds < SEEDS:
        yield f"{name}: is from {figures.seeds} seeds; {SEEDS} or more are wanted"
    groups: dict[str, Sequence[Spread]] = {
        "reference": [headroom.reference],
        "alternative": headroom.alternatives,
        "baseline": [one for one in headroom.baselines if one.file == figures.baseline],
    }
    for group, spreads in groups.items():
        for end in ("worst", "best"):
            found = extreme(spreads, best=end == "best")
            if found is None:
                yield f"{name}: {figures.baseline} is no baseline of it in expect.toml"
                break
            now, then = getattr(found, end), getattr(figures, f"{group}_{end}")
            if abs(now - then) > found.deviation + 10**-DIGITS:
                yield f"{name}: says {group}_{end} = {then:g}, but now it is {now:.4g}"


def schema() -> str:
    """The JSON Schema of `calibration.toml`, as text."""
    return document(Calibration, "calibration")


if __name__ == "__main__":
    sys.stdout.write(schema())
