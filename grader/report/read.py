"""A report read back from its JSON, so that it can be scored again or shown in another format."""

from __future__ import annotations

import math
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from grader.model import (
    CallShown,
    Challenge,
    Check,
    CheckResult,
    Environment,
    Limits,
    Metric,
    MetricResult,
    Outcome,
    Problem,
    Report,
    ValueShown,
)
from grader.report import schema
from grader.report.json import FORMAT


def parse(text: str) -> Report:
    """The report that a staff result was made from, without the challenge's folder, which is not in it.

    Raises ValueError for anything else, with every error and where it is; a candidate's result is refused, as
    it is not the whole report.
    """
    adapter: TypeAdapter[schema.CandidateResult | schema.StaffResult] = TypeAdapter(schema.AnyResult)
    try:
        result = adapter.validate_json(text)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False)]
        raise ValueError(f"not a {FORMAT} result:\n" + "\n".join(wrong)) from None
    if not isinstance(result, schema.StaffResult):
        raise ValueError("this is the candidate's view of a result; the whole report is in the staff's")
    return _report(result)


def _report(result: schema.StaffResult) -> Report:
    checks = tuple(map(_parsed_check, result.checks))
    metrics = tuple(map(_parsed_metric, result.metrics))
    earned = math.fsum([check.points for check in checks] + [metric.points for metric in metrics])
    part = result.challenge
    return Report(
        challenge=Challenge(
            **{name: getattr(part, name) for name in schema.ChallengePart.model_fields if name != "limits"},
            limits=Limits(**part.limits.model_dump()),
            metrics=tuple(metric.metric for metric in metrics),
            root=Path(),
        ),
        submission=result.submission.name,
        submission_digest=result.submission.digest,
        status=result.status,
        points=earned if result.points is None else result.points,
        points_possible=result.points_possible,
        checks=checks,
        metrics=metrics,
        problems=tuple(Problem(**one.model_dump()) for one in result.problems),
        environment=Environment(
            sandbox=result.environment.sandbox,
            isolation=result.environment.isolation,
            python=result.environment.python,
            distributions=tuple(result.environment.distributions.items()),
            image=result.environment.image,
            runtime=result.environment.runtime,
        ),
        seed=result.seed,
        started=result.started,
        seconds=result.seconds,
        grader_version=result.grader_version,
        official=result.official,
        infrastructure=result.infrastructure,
        log=result.log.encode(),
    )


def _parsed_check(part: schema.StaffCheckPart) -> CheckResult:
    check = Check(
        id=part.id,
        name=part.name,
        title=part.title,
        points=part.points_possible,
        hint=part.hint,
        suite=part.suite,
    )
    outcome = Outcome(
        id=part.id,
        verdict=part.verdict,
        seconds=part.seconds,
        candidate_text=part.candidate_text,
        staff_text=part.staff_text,
        metrics=tuple((one.name, math.nan if one.value is None else one.value) for one in part.recorded),
        calls=tuple(map(_parsed_call, part.calls)),
    )
    return CheckResult(check, outcome, points=part.points)


def _parsed_call(part: schema.CallPart) -> CallShown:
    given, returned, expected = (
        tuple(ValueShown(**dict(value)) for value in values)
        for values in (part.given, part.returned, part.expected)
    )
    return CallShown(part.call, given, returned, part.raised, part.lines, expected)


def _parsed_metric(part: schema.StaffMetricPart) -> MetricResult:
    metric = Metric(
        name=part.name,
        label=part.label,
        better=part.better,
        zero=part.zero,
        passing=part.passing,
        full=part.full,
        points=part.points_possible,
    )
    return MetricResult(metric, value=part.value, points=part.points, passed=part.passed)
