"""The report as rows, one for each check and metric: for spreadsheets and for the other table formats."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from grader.model import CallShown, CheckResult, MetricResult, Status, Verdict
from grader.report import clean, words
from grader.report.numbers import figure, points
from grader.report.redact import Band, View

# A cell that begins like this is a formula to a spreadsheet, whatever its quotes.
_FORMULA = re.compile(r"^[\s'\"]*[=+\-@|%]")
_NUMBER = re.compile(r"-?[0-9.]+(e[+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One check or metric, in text. `suite` is "visible", "hidden" or "metric"."""

    good: bool

    suite: str
    name: str
    title: str
    verdict: str
    points: str
    points_possible: str
    seconds: str
    text: str
    calls: tuple[CallShown, ...] = ()


def rows(view: View) -> Iterator[Row]:
    """A row for every check and metric of the view, in its order."""
    if view.report.status is Status.INFRASTRUCTURE and view.audience == "candidate":
        return
    for result in view.report.checks:
        yield _check(result)
    for metric, band in zip(view.report.metrics, view.bands, strict=True):
        yield _metric(metric, band)


def render(view: View) -> str:
    """The view as CSV: a line of names, then a row for each check and metric."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    names = [field.name for field in fields(Row) if field.name not in ("good", "calls")]
    report = view.report
    writer.writerow(["submission", "challenge", "status", *names])
    for row in rows(view):
        cells = [report.submission, report.challenge.slug, report.status.value]
        cells += [getattr(row, name) for name in names]
        writer.writerow([_harmless(clean.commands(cell)) for cell in cells])
    return out.getvalue()


def _check(result: CheckResult) -> Row:
    check, outcome = result.check, result.outcome
    hidden = check.suite == "hidden"
    texts = [outcome.candidate_text, f"Hint: {check.hint}" if check.hint else "", outcome.staff_text]
    return Row(
        good=outcome.verdict is Verdict.PASSED,
        suite=check.suite,
        name=check.name,
        title=check.title,
        verdict=words.VERDICTS[outcome.verdict],
        points=points(result.points) if hidden else "",
        points_possible=points(check.points) if hidden else "",
        seconds=f"{outcome.seconds:.3g}",
        text="\n".join(dict.fromkeys(filter(None, texts))),
        calls=words.teaching(outcome),
    )


def _metric(result: MetricResult, band: Band) -> Row:
    metric = result.metric
    value = "" if result.value is None else f"{figure(result.value, [metric.passing, metric.full])}; "
    return Row(
        good=result.passed,
        suite="metric",
        name=metric.name,
        title=metric.label,
        verdict=words.BANDS[band],
        points=points(result.points),
        points_possible=points(metric.points),
        seconds="",
        text=f"{value}passing {words.goal(metric, metric.passing)}, full {words.goal(metric, metric.full)}",
    )


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would calculate."""
    if _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if _FORMULA.match(cell) else cell
