"""What an audience may see of a report. Applied once, before any renderer.

A renderer takes a View, and only `view` makes one: it cleans every text and, for the candidate, leaves out
what would give the hidden checks away. So a renderer cannot print what it must not.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Literal

from grader import scoring
from grader.model import CheckResult, Feedback, MetricResult, Report, Status, Verdict
from grader.report import clean

Audience = Literal["candidate", "staff"]

INFRASTRUCTURE = (
    "Something went wrong on the grader's side. It is not about the submission, which was not judged."
)

# Fields of several lines; every other text of a report is one line.
_LONG = frozenset({"candidate_text", "staff_text", "hint", "text", "infrastructure"})
# Identifiers that results are matched by: cleaned, never shortened.
_IDENTIFIERS = frozenset({"id", "digest", "submission_digest"})


class Band(StrEnum):
    """Where a metric's value lies. The candidate sees this instead of the value."""

    MISSING = "missing"  # not recorded, or not finite
    BELOW = "below"  # short of passing
    PASSING = "passing"
    FULL = "full"  # full credit


@dataclass(frozen=True, slots=True)
class View:
    """A report as one audience may see it: cleaned, and redacted for the candidate.

    `bands` has one for each of the report's metrics; `feedback` is what the report was cut down to.
    """

    audience: Audience
    report: Report
    bands: tuple[Band, ...]
    feedback: Feedback


def view(report: Report, audience: Audience, feedback: Feedback | None = None) -> View:
    """The only way to a View. `feedback` is the challenge's unless it is given; staff see everything."""
    report = replace(report, checks=tuple(map(_without_calls, report.checks)))
    bands = tuple(band(metric) for metric in report.metrics)
    if audience == "staff":
        return View(audience, cleaned(report), bands, Feedback.FULL)
    feedback = feedback or report.challenge.feedback
    shown = cleaned(_cut_down(_for_candidate(report, bands), feedback))
    return View(audience, shown, bands if shown.metrics else (), feedback)


def band(result: MetricResult) -> Band:
    """The band that a metric's value lies in."""
    if result.value is None:
        return Band.MISSING
    if scoring.reaches(result.metric, result.value, result.metric.full):
        return Band.FULL
    return Band.PASSING if result.passed else Band.BELOW


def cleaned(report: Report) -> Report:
    """The report with every text in it made safe to print (see clean.py)."""
    clear = _clean(report, "")
    assert isinstance(clear, Report)
    log = clean.text(report.log.decode("utf-8", "replace"), max_bytes=64 * 1024, max_lines=2000)
    return replace(clear, log=log.encode())


def _clean(value: object, name: str) -> object:
    """Clean every string below `value`, as one line unless `name` is a longer text: new fields are safe."""
    if type(value) is str:
        if name in _LONG:
            return clean.text(value)
        return clean.line(value, max(200, len(value)) if name in _IDENTIFIERS else 200)
    if isinstance(value, tuple):
        return tuple(_clean(item, name) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return replace(
            value, **{key: _clean(item, key) for key, item in fields if not isinstance(item, Path)}
        )
    return value


def _for_candidate(report: Report, bands: Sequence[Band]) -> Report:
    checks = tuple(_check_for_candidate(result) for result in _numbered(report.checks))
    metrics = tuple(_metric_for_candidate(*pair) for pair in zip(report.metrics, bands, strict=True))
    return replace(
        report,
        checks=checks,
        metrics=metrics,
        points=math.fsum([result.points for result in checks] + [metric.points for metric in metrics]),
        environment=replace(report.environment, image="", runtime=""),
        seed="",
        infrastructure=INFRASTRUCTURE if report.status is Status.INFRASTRUCTURE else "",
        log=b"",
    )


def _cut_down(report: Report, feedback: Feedback) -> Report:
    """What the feedback policy leaves of a candidate's report. The points stay what they were."""
    if feedback is Feedback.FULL:
        return report
    if feedback is Feedback.SCORE:
        visible = tuple(result for result in report.checks if result.check.suite == "visible")
        return replace(report, checks=visible, metrics=())
    return replace(report, checks=tuple(_without_words(result, feedback) for result in report.checks))


def _without_calls(result: CheckResult) -> CheckResult:
    """Nobody is shown the calls of a hidden check, whatever made the report."""
    if result.check.suite == "visible" or not result.outcome.calls:
        return result
    return replace(result, outcome=replace(result.outcome, calls=()))


def _without_words(result: CheckResult, feedback: Feedback) -> CheckResult:
    if result.check.suite == "visible":
        return result
    check = result.check if feedback is Feedback.HINTS else replace(result.check, hint="")
    return replace(result, check=check, outcome=replace(result.outcome, candidate_text=""))


def _check_for_candidate(result: CheckResult) -> CheckResult:
    """Visible checks are the candidate's own to read and keep their whole text.

    Of a hidden one remain the candidate text, the hint if it failed, and the time to a tenth of a second: the
    candidate's code could put hidden input into a finer one.
    """
    outcome = result.outcome
    hint = "" if outcome.verdict in (Verdict.PASSED, Verdict.NOT_RUN) else result.check.hint
    text = outcome.candidate_text
    if result.check.suite == "visible" and outcome.staff_text not in text:
        text = outcome.staff_text if text in outcome.staff_text else f"{text}\n{outcome.staff_text}"
    return replace(
        result,
        check=replace(result.check, hint=hint),
        outcome=replace(
            outcome, seconds=round(outcome.seconds, 1), candidate_text=text, staff_text="", metrics=()
        ),
    )


def _metric_for_candidate(result: MetricResult, where: Band) -> MetricResult:
    """The points are those of the band's lower edge: exact ones would give the value away."""
    edge = {Band.PASSING: result.metric.passing, Band.FULL: result.metric.full}.get(where)
    return replace(result, value=None, points=scoring.credit(result.metric, edge) * result.metric.points)


def _numbered(results: Iterable[CheckResult]) -> Iterable[CheckResult]:
    """Hidden parametrised checks with a number for their parameters, which may spell out expected values."""
    seen: dict[str, int] = {}
    for result in results:
        check = result.check
        if check.suite == "visible" or "[" not in check.name:
            yield result
            continue
        base = check.id.partition("[")[0]
        seen[base] = number = seen.get(base, 0) + 1
        check = replace(check, id=f"{base}[{number}]", name=f"{check.name.partition('[')[0]}[{number}]")
        yield replace(result, check=check, outcome=replace(result.outcome, id=check.id))
