"""The report as JSON, `grader/result/v1`: the format that every other one is a projection of.

Reading it back is in read.py; its JSON Schema comes from schema.py.
"""

from __future__ import annotations

import json
import math
from typing import Any

from grader.model import (
    CallShown,
    Challenge,
    CheckResult,
    Environment,
    MetricResult,
    Status,
    ValueShown,
)
from grader.report.redact import Band, View

FORMAT = "grader/result/v1"


def render(view: View) -> str:
    """The view as JSON text: keys in a fixed order, exact numbers, a newline at the end.

    `##` is written so that continuous integration finds no command of its own in a log that shows the text.
    """
    text = json.dumps(_result(view), indent=2, ensure_ascii=False, allow_nan=False)
    return text.replace("##", "#\\u0023") + "\n"


def _result(view: View) -> dict[str, Any]:
    report, staff = view.report, view.audience == "staff"
    judged = report.status is not Status.INFRASTRUCTURE
    result = {
        "format": FORMAT,
        "audience": view.audience,
        "feedback": view.feedback.value,
        "challenge": _challenge(report.challenge),
        "submission": {"name": report.submission, "digest": report.submission_digest},
        "status": report.status.value,
        "passed": report.passed,
        "points": report.points if judged else None,
        "points_possible": report.points_possible,
        "score": report.points / report.points_possible if judged and report.points_possible else None,
        "checks": [_check(check, staff) for check in report.checks],
        "metrics": [_metric(*pair, staff) for pair in zip(report.metrics, view.bands, strict=True)],
        "problems": [
            {"kind": one.kind, "text": one.text, "line": one.line, "cell": one.cell}
            for one in report.problems
        ],
        "environment": _environment(report.environment, staff),
        "started": report.started,
        "seconds": report.seconds,
        "grader_version": report.grader_version,
        "official": report.official,
        "infrastructure": report.infrastructure,
    }
    return {**result, "seed": report.seed, "log": report.log.decode()} if staff else result


def _challenge(challenge: Challenge) -> dict[str, Any]:
    limits = challenge.limits
    return {
        "slug": challenge.slug,
        "title": challenge.title,
        "question": challenge.question,
        "topic": challenge.topic,
        "difficulty": challenge.difficulty,
        "minutes": challenge.minutes,
        "functions": list(challenge.functions),
        "requires": list(challenge.requires),
        "pass_mark": challenge.pass_mark,
        "feedback": challenge.feedback.value,
        "limits": {
            "seconds": limits.seconds,
            "memory_mb": limits.memory_mb,
            "processes": limits.processes,
            "disk_mb": limits.disk_mb,
            "run_seconds": limits.run_seconds,
        },
        "digest": challenge.digest,
    }


def _check(result: CheckResult, staff: bool) -> dict[str, Any]:
    check, outcome = result.check, result.outcome
    shown: dict[str, Any] = {
        "id": check.id,
        "name": check.name,
        "title": check.title,
        "suite": check.suite,
        "verdict": outcome.verdict.value,
        "points": result.points,
        "points_possible": check.points,
        "seconds": outcome.seconds,
        "hint": check.hint,
        "candidate_text": outcome.candidate_text,
    }
    if outcome.calls:
        shown["calls"] = [_call(call) for call in outcome.calls]
    if not staff:
        return shown
    recorded = [
        {"name": name, "value": value if math.isfinite(value) else None} for name, value in outcome.metrics
    ]
    return {**shown, "staff_text": outcome.staff_text, "recorded": recorded}


def _call(call: CallShown) -> dict[str, Any]:
    return {
        "call": call.call,
        "given": [_value(value) for value in call.given],
        "returned": [_value(value) for value in call.returned],
        "raised": call.raised,
        "lines": list(call.lines),
        "expected": [_value(value) for value in call.expected],
    }


def _value(value: ValueShown) -> dict[str, Any]:
    return {
        "name": value.name,
        "kind": value.kind,
        "value": value.value,
        "columns": list(value.columns),
        "index": list(value.index),
        "cells": [list(row) for row in value.cells],
        "marked": [list(place) for place in value.marked],
        "left_out": list(value.left_out),
    }


def _metric(result: MetricResult, band: Band, staff: bool) -> dict[str, Any]:
    metric = result.metric
    shown = {
        "name": metric.name,
        "label": metric.label,
        "better": metric.better,
        "zero": metric.zero,
        "passing": metric.passing,
        "full": metric.full,
        "band": band.value,
        "passed": result.passed,
        "points": result.points,
        "points_possible": metric.points,
    }
    return {**shown, "value": result.value} if staff else shown


def _environment(environment: Environment, staff: bool) -> dict[str, Any]:
    shown = {
        "sandbox": environment.sandbox,
        "isolation": environment.isolation,
        "python": environment.python,
        "distributions": dict(environment.distributions),
    }
    return {**shown, "image": environment.image, "runtime": environment.runtime} if staff else shown
