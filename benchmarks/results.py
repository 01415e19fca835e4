"""RESULTS.md: small tables, one for each part."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.subjects import PARTS, Result

_INTRODUCTION = """\
# Benchmarks

Written by `make bench` on {date}: {rounds}, every figure in its turn (A B C A B C), so that what else happens
on the machine meets them all. Medians over all rounds; ratios are of medians. Every run passed every check.

A ratio is to bare pytest in a fresh process: for F1 on the ten checks with scikit-learn as oracle, for {tune}
on its own checks, visible and hidden. For many submissions it is to that pytest, two in parallel;
for values to two copies within one process.
"""
_HEAD = ("Figure", "Median", "Min to max", "Ratio", "Aim", "Met")


def render(
    results: Mapping[str, Result],
    *,
    parts: Iterable[str],
    machine: Mapping[str, str],
    notes: Sequence[str],
    date: str,
    rounds: int,
    tune: str,
) -> str:
    """The whole page. `results` by the subjects' keys."""
    words = f"{rounds} rounds" if rounds > 1 else "one round"
    pieces = [_INTRODUCTION.format(date=date, rounds=words, tune=tune)]
    pieces.append(_table(("Machine", ""), machine.items()))
    for part in (part for part in PARTS if part in parts):
        rows = _memory(results) if part == "memory" else _rows(results, part)
        if rows:
            pieces += [f"## {PARTS[part]}\n", _table(_HEAD[: len(rows[0])], rows)]
    if notes:
        pieces += ["## Left out\n", "".join(f"- {' '.join(note.split())}\n" for note in notes)]
    return "\n".join(pieces)


def _rows(results: Mapping[str, Result], part: str) -> list[tuple[str, ...]]:
    return [_row(result, results) for result in results.values() if result.subject.part == part]


def _row(result: Result, results: Mapping[str, Result]) -> tuple[str, ...]:
    subject = result.subject
    ratio = aim = met = ""
    if baseline := results.get(subject.against):
        quotient = result.median / baseline.median
        ratio = _number(quotient)
        if subject.aim:
            aim, met = str(subject.aim), "yes" if subject.aim.met(quotient) else "no"
    return (subject.label, *_spread(result.values, subject.unit), ratio, aim, met)


def _memory(results: Mapping[str, Result]) -> list[tuple[str, ...]]:
    """Both sides: what the subjects' own processes took, and what was asked of sandboxes."""
    outside = [
        (result.subject.memory, *_spread(result.peaks, "MiB"))
        for result in results.values()
        if result.subject.memory and result.peaks
    ]
    inside = [
        (result.subject.label, *_spread(result.values, "MiB"))
        for result in results.values()
        if result.subject.part == "memory"
    ]
    return sorted([*outside, *inside])


def _spread(values: Sequence[float], unit: str) -> tuple[str, str]:
    low, high = _number(min(values)), _number(max(values))
    return f"{_number(statistics.median(values))} {unit}", f"{low} to {high}"


def _number(value: float) -> str:
    """Three significant digits, never with an exponent."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{digits}f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
