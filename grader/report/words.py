"""The words that several renderers share."""

from __future__ import annotations

from grader.model import CallShown, Metric, Outcome, Problem, Verdict
from grader.report.numbers import figure
from grader.report.redact import Band

VERDICTS = {
    Verdict.PASSED: "passed",
    Verdict.FAILED: "failed",
    Verdict.ERROR: "error",
    Verdict.TIMEOUT: "too slow",
    Verdict.MEMORY: "memory",
    Verdict.CRASHED: "crashed",
    Verdict.PROTOCOL: "bad answer",
    Verdict.NOT_RUN: "not run",
}

EXPLANATIONS = {
    Verdict.PASSED: "The check passed.",
    Verdict.FAILED: "The answer is not right.",
    Verdict.ERROR: "The code raised an error, or its answer could not be checked.",
    Verdict.TIMEOUT: "It took longer than the check allows.",
    Verdict.MEMORY: "It used more memory than the challenge allows.",
    Verdict.CRASHED: "The process ended by itself, so there was no answer.",
    Verdict.PROTOCOL: "What came back was not an answer.",
    Verdict.NOT_RUN: "The check did not run.",
}

BANDS = {
    Band.MISSING: "not recorded",
    Band.BELOW: "below passing",
    Band.PASSING: "passing",
    Band.FULL: "full credit",
}


def place(problem: Problem) -> str:
    """Where a problem is: "cell 3, line 2", or nothing if that is unknown."""
    parts = [("cell", problem.cell), ("line", problem.line)]
    return ", ".join(f"{word} {number}" for word, number in parts if number is not None)


def what(problem: Problem) -> str:
    """What a problem is, without the place that its text may open with."""
    return problem.text.removeprefix(f"{place(problem)}: ")


def goal(metric: Metric, threshold: float) -> str:
    """A threshold with its direction: "0.75 or lower"."""
    return f"{figure(threshold)} or {metric.better}"


def teaching(outcome: Outcome) -> tuple[CallShown, ...]:
    """The calls worth showing: none of a check that passed, or that met a function not yet written."""
    if outcome.verdict in (Verdict.PASSED, Verdict.NOT_RUN):
        return ()
    unwritten = any(call.raised.startswith("NotImplementedError") for call in outcome.calls)
    return () if unwritten else outcome.calls
