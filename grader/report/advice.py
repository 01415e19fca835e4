"""The one thing to do next, in a sentence: what a report ends with."""

from __future__ import annotations

from grader.model import CheckResult, MetricResult, Report, Status, Verdict
from grader.report import words
from grader.report.numbers import seconds
from grader.report.redact import Band, View


def next_step(view: View) -> str:
    """What helps most now; empty if nothing is left to do."""
    report = view.report
    if report.status is Status.INFRASTRUCTURE:
        if view.audience == "candidate":
            return "Hand it in again, or tell whoever runs the grader."
        return "Grade it again. If that fails too, `grader doctor` shows what is wrong."
    if report.passed:
        return _beyond(view)
    return _problem(report) or _check(report) or _metric(report.metrics)


def _problem(report: Report) -> str:
    for problem in report.problems:
        if problem.kind == "load":
            where = words.place(problem) or "the error above"
            return f"Mend {where} first. Nothing can be checked until the submission loads."
    if any(problem.kind == "missing" for problem in report.problems):
        return "Define every name that the brief asks for, spelt as it is there."
    return ""


def _check(report: Report) -> str:
    failed = [result for result in report.checks if result.outcome.verdict is not Verdict.PASSED]
    # A visible check is the easier start: the candidate can read it and run it.
    failed.sort(key=lambda result: result.check.suite == "hidden")
    return _mend(failed[0], report) if failed else ""


def _mend(result: CheckResult, report: Report) -> str:
    title = f"\u201c{result.check.title.rstrip('.')}\u201d"
    if result.check.suite == "visible":
        return f"Start with {title}: it is a visible check, so you can read and run it."
    limits = report.challenge.limits
    match result.outcome.verdict:
        case Verdict.TIMEOUT:
            return f"Make {title} faster: a check may take {seconds(limits.seconds)}."
        case Verdict.MEMORY:
            return f"Make {title} use less memory: there are {limits.memory_mb} MB."
        case Verdict.CRASHED:
            return f"Find out why the process ends in {title}."
        case Verdict.PROTOCOL:
            return f"Return plain data of the kind that the brief names in {title}."
        case Verdict.ERROR:
            return f"Mend the error in {title}."
        case Verdict.NOT_RUN:
            return (
                f"{title} did not run: the run's {seconds(limits.run_seconds)} were over or it was stopped."
            )
    return f"Look at {title}{': its hint may help' if result.check.hint else ''}."


def _metric(metrics: tuple[MetricResult, ...]) -> str:
    for result in metrics:
        if not result.passed:
            metric = result.metric
            return f"Bring \u201c{metric.label}\u201d to {words.goal(metric, metric.passing)}."
    return ""


def _beyond(view: View) -> str:
    for result, band in zip(view.report.metrics, view.bands, strict=True):
        if band is Band.PASSING:
            metric = result.metric
            return f"Full credit for \u201c{metric.label}\u201d begins at {words.goal(metric, metric.full)}."
    return ""
