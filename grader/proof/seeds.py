"""Section `seeds`: the same verdicts under every seed, and thresholds with room on both sides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.bank import MANIFEST
from grader.model import Metric, Report
from grader.proof.calibration import FILE as KEPT
from grader.proof.calibration import SEEDS, Calibration, differences
from grader.proof.expect import read_table
from grader.proof.findings import Finding, findings
from grader.proof.headroom import ROOM, Headroom, Spread
from grader.proof.runs import Runs, whole
from grader.proof.subject import Subject
from grader.proof.verdicts import not_rejected, shortfall
from grader.seeds import parse_seed

SECTION = "seeds"
# Wrong solutions that are no baseline are rejected by logic rather than by chance, so a few seeds will do;
# with more seeds than usual they get them all.
WRONG_SEEDS = 3

Lines = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Reports by file, one for each seed, and what they make of each metric."""

    right: dict[str, list[Report]]
    wrong: dict[str, list[Report]]
    headroom: tuple[Headroom, ...]


def numbered(count: int) -> list[str]:
    """The seeds 1 to `count`: everybody measures with the same."""
    return [parse_seed(f"{number:x}") for number in range(1, count + 1)]


def check(subject: Subject, runs: Runs, count: int) -> tuple[list[Finding], tuple[Headroom, ...]]:
    """Grade under `count` seeds. Raises SandboxError."""
    measured = measure(subject, runs, count)
    lines = [*_verdicts(subject, measured), *_unrecorded(subject, measured), *_thresholds(measured)]
    found = findings(SECTION, lines)
    if subject.challenge.metrics and (subject.challenge.root / KEPT).is_file():
        found += _kept(subject.challenge.root / KEPT, measured.headroom)
    return found, measured.headroom


def measure(subject: Subject, runs: Runs, count: int, *, others: bool = True) -> Measured:
    """Grade right solutions and baselines under `count` seeds, the `others` under a few."""
    few = count if count > SEEDS else min(count, WRONG_SEEDS)
    wanted = dict.fromkeys(subject.expect.right, count)
    for entry in subject.expect.wrong:
        if entry.baseline_of or others:
            wanted[entry.file] = count if entry.baseline_of else few
    pairs = [(subject.solutions / file, seed) for file, number in wanted.items() for seed in numbered(number)]
    reports = iter(runs.reports(pairs))
    by_file = {file: [next(reports) for _ in range(number)] for file, number in wanted.items()}
    right = {file: by_file[file] for file in subject.expect.right}
    wrong = {file: found for file, found in by_file.items() if file not in right}
    headroom = [_headroom(subject, metric, by_file, count) for metric in subject.challenge.metrics]
    return Measured(right, wrong, tuple(one for one in headroom if one is not None))


def _headroom(
    subject: Subject, metric: Metric, reports: dict[str, list[Report]], count: int
) -> Headroom | None:
    """None where the reference does not record the metric on every seed."""
    spreads = {file: _spread(file, metric, reports[file]) for file in reports}
    reference = spreads[subject.expect.reference.file]
    if reference is None:
        return None
    others = [spreads[file] for file in subject.expect.right[1:]]
    baselines = [spreads[file] for file in subject.expect.baselines(metric.name)]
    return Headroom(metric, count, reference, _whole(others), _whole(baselines))


def _whole(spreads: Sequence[Spread | None]) -> tuple[Spread, ...]:
    return tuple(spread for spread in spreads if spread is not None)


def _spread(file: str, metric: Metric, reports: list[Report]) -> Spread | None:
    values = [one.value for report in reports for one in report.metrics if one.metric.name == metric.name]
    known = tuple(value for value in values if value is not None)
    return Spread(file, metric, known) if known and len(known) == len(values) else None


def _verdicts(subject: Subject, measured: Measured) -> Lines:
    for file, reports in measured.right.items():
        for report in reports:
            if not whole(report):
                yield f"{file}, seed {_short(report)}", f"must earn everything, but {shortfall(report)}"
    for entry in subject.expect.wrong:
        for report in measured.wrong.get(entry.file, []):
            if fault := not_rejected(entry, report):
                yield f"{entry.file}, seed {_short(report)}", fault


def _short(report: Report) -> str:
    return report.seed.lstrip("0")


def _unrecorded(subject: Subject, measured: Measured) -> Lines:
    """Baselines without a figure say nothing about a threshold."""
    recorded = {
        (headroom.metric.name, spread.file) for headroom in measured.headroom for spread in headroom.baselines
    }
    for metric in subject.challenge.metrics:
        for file in subject.expect.baselines(metric.name):
            if (metric.name, file) not in recorded:
                yield (
                    file,
                    f"is a baseline of {metric.name}, but that is not recorded on every seed; take another",
                )


def _thresholds(measured: Measured) -> Lines:
    """The worst right value must be beyond `full`, the best baseline short of `passing`, both with room."""
    mend = "move the threshold, or make the figure less noisy"
    for headroom in measured.headroom:
        metric, over = headroom.metric, f"over {headroom.seeds} seeds"
        for spread in headroom.right:
            if not spread.in_deviations(spread.above_full) >= ROOM:
                found = f"{spread.file} reaches {spread.worst:.4g} at worst {over}"
                room = _room(spread, spread.above_full)
                yield MANIFEST, f"{metric.name}: full = {metric.full:g} is too tight: {found}, {room}; {mend}"
        for spread in headroom.baselines:
            if not spread.in_deviations(spread.below_passing) >= ROOM:
                found = f"{spread.file} reaches {spread.best:.4g} at best {over}"
                room = _room(spread, spread.below_passing)
                yield (
                    MANIFEST,
                    f"{metric.name}: passing = {metric.passing:g} is too loose: {found}, {room}; {mend}",
                )


def _room(spread: Spread, room: float) -> str:
    """The room that is left, in words."""
    count = spread.in_deviations(room)
    times = "" if math.isinf(count) else f", {count:.1f} standard deviations of {spread.deviation:.3g}"
    return f"a room of {room:.3g}{times}, where {ROOM:g} is wanted"


def _kept(path: Path, headroom: tuple[Headroom, ...]) -> list[Finding]:
    kept, found = read_table(path, Calibration, SECTION)
    if kept is None:
        return found
    again = "; run `grader bank update`"
    return [Finding(SECTION, KEPT, f"{line}{again}") for line in differences(kept, headroom)]
