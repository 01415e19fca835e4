"""From outcomes to a report: points, metrics and the verdict. No clock, no files, no randomness.

The checks are the challenge's fixed list, never the list of what ran: a check without an outcome counts as
not run and earns nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.model import (
    Challenge,
    Check,
    CheckResult,
    Environment,
    Metric,
    MetricResult,
    Outcome,
    Problem,
    Report,
    Status,
    Submission,
    Verdict,
)

# Points are sums of decimal fractions, so a share such as 0.7 of them may miss by rounding.
TOLERANCE = 1e-9


def score(
    *,
    challenge: Challenge,
    submission: Submission,
    checks: Sequence[Check],
    outcomes: Sequence[Outcome],
    problems: Sequence[Problem],
    environment: Environment,
    seed: str,
    started: str,
    seconds: float,
    grader_version: str,
    official: bool = True,
    infrastructure: str = "",
    log: bytes = b"",
) -> Report:
    """Score one run.

    A hidden check earns its points if it passed; visible checks carry none and decide nothing. A metric earns
    linear credit between its thresholds. The submission passes when the hidden checks earned `pass_mark` of
    their points and every metric reached `passing`. With `infrastructure` (what went wrong) it is neither
    passed nor failed.

    Raises ValueError for two checks or two outcomes with one id, and for an outcome of an unknown check.
    """
    results = _check_results(checks, outcomes)
    metrics = tuple(_metric_result(metric, results) for metric in challenge.metrics)
    return Report(
        challenge=challenge,
        submission=submission.name,
        submission_digest=submission.digest,
        status=_status(challenge, results, metrics, infrastructure),
        points=math.fsum([result.points for result in results] + [metric.points for metric in metrics]),
        points_possible=points_possible(results, metrics),
        checks=results,
        metrics=metrics,
        problems=tuple(problems),
        environment=environment,
        seed=seed,
        started=started,
        seconds=seconds,
        grader_version=grader_version,
        official=official,
        infrastructure=infrastructure,
        log=log,
    )


def rescore(report: Report, challenge: Challenge, checks: Sequence[Check] | None = None) -> Report:
    """Score a finished run again, without running anything, by other thresholds, points or pass mark.

    `report` must be complete (the staff's, not a candidate's view). `checks` replaces the list of checks: one
    that it adds counts as not run, the outcome of one that it leaves out is dropped.
    """
    fixed = tuple(result.check for result in report.checks) if checks is None else tuple(checks)
    wanted = {check.id for check in fixed}
    results = _check_results(
        fixed, [result.outcome for result in report.checks if result.outcome.id in wanted]
    )
    metrics = tuple(_metric_result(metric, results) for metric in challenge.metrics)
    return replace(
        report,
        challenge=challenge,
        status=_status(challenge, results, metrics, report.infrastructure),
        points=math.fsum([result.points for result in results] + [metric.points for metric in metrics]),
        points_possible=points_possible(results, metrics),
        checks=results,
        metrics=metrics,
    )


def credit(metric: Metric, value: float | None) -> float:
    """Share of a metric's points that `value` earns: 0 up to `zero`, 1 from `full`, linear in between."""
    if value is None:
        return 0.0
    if reaches(metric, value, metric.full):
        return 1.0
    if not reaches(metric, value, metric.zero):
        return 0.0
    return min(1.0, max(0.0, (value - metric.zero) / (metric.full - metric.zero)))


def reaches(metric: Metric, value: float, threshold: float) -> bool:
    """Whether `value` is at the threshold or on its better side."""
    return value <= threshold if metric.better == "lower" else value >= threshold


def points_possible(results: Iterable[CheckResult], metrics: Iterable[MetricResult]) -> float:
    """The points that a perfect submission earns."""
    return math.fsum(
        [result.check.points for result in results] + [result.metric.points for result in metrics]
    )


def _check_results(checks: Sequence[Check], outcomes: Sequence[Outcome]) -> tuple[CheckResult, ...]:
    by_id = {outcome.id: outcome for outcome in outcomes}
    known = {check.id for check in checks}
    if len(known) != len(checks) or len(by_id) != len(outcomes):
        raise ValueError("two checks, or two outcomes, have the same id")
    if unknown := sorted(set(by_id) - known):
        raise ValueError(f"outcomes of checks that the challenge does not have: {', '.join(unknown)}")
    return tuple(_check_result(check, by_id.get(check.id)) for check in checks)


def _check_result(check: Check, outcome: Outcome | None) -> CheckResult:
    if check.suite == "visible":
        check = replace(check, points=0.0)
    if outcome is None:
        outcome = Outcome(id=check.id, verdict=Verdict.NOT_RUN)
    return CheckResult(check, outcome, points=check.points if outcome.verdict is Verdict.PASSED else 0.0)


def _metric_result(metric: Metric, results: Sequence[CheckResult]) -> MetricResult:
    value = _recorded(metric.name, results)
    passed = value is not None and reaches(metric, value, metric.passing)
    return MetricResult(metric, value, points=credit(metric, value) * metric.points, passed=passed)


def _recorded(name: str, results: Sequence[CheckResult]) -> float | None:
    """The figure that the hidden checks recorded as `name`, if there is one that counts.

    It does not if its check failed or it is not finite. Of two figures under one name neither can be told to
    be the right one, so neither counts.
    """
    records = [
        (value, result.outcome.verdict)
        for result in results
        if result.check.suite == "hidden"
        for recorded, value in result.outcome.metrics
        if recorded == name
    ]
    if len(records) != 1:
        return None
    value, verdict = records[0]
    return value if verdict is Verdict.PASSED and math.isfinite(value) else None


def _status(
    challenge: Challenge, results: Sequence[CheckResult], metrics: Sequence[MetricResult], infrastructure: str
) -> Status:
    if infrastructure:
        return Status.INFRASTRUCTURE
    possible = math.fsum(result.check.points for result in results)
    earned = math.fsum(result.points for result in results)
    enough = earned >= challenge.pass_mark * possible - TOLERANCE * max(1.0, possible)
    # Nothing to earn is nothing shown: an empty list of checks must not be a pass.
    something = points_possible(results, metrics) > 0
    return (
        Status.PASSED if something and enough and all(metric.passed for metric in metrics) else Status.FAILED
    )
