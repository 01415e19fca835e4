"""Section `verdicts`: every solution gets the verdict that `expect.toml` promises, under one fixed seed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future

from grader.model import CheckResult, Report, Verdict
from grader.proof.expect import WrongTable
from grader.proof.findings import Finding, findings
from grader.proof.runs import Runs, known_names, rejected, whole
from grader.proof.subject import Subject

SECTION = "verdicts"


def check(subject: Subject, runs: Runs) -> list[Finding]:
    """Grade starters, right and wrong solutions. Raises SandboxError."""
    starters = [runs.start(path) for path in subject.starters]
    right = [runs.start(path) for path in subject.right]
    wrong = [(entry, runs.start(subject.solutions / entry.file)) for entry in subject.expect.wrong]
    return findings(SECTION, _lines(starters, right, wrong))


def _lines(
    starters: list[Future[Report]],
    right: list[Future[Report]],
    wrong: list[tuple[WrongTable, Future[Report]]],
) -> Iterator[tuple[str, str]]:
    for future in right:
        report = future.result()
        if not whole(report):
            yield report.submission, f"must earn everything, but {shortfall(report)}"
    known = known_names(right[0].result())
    for entry, future in wrong:
        if unknown := sorted(set(entry.rejected_by) - known):
            yield entry.file, f"rejected_by names what does not exist: {', '.join(unknown)}"
        if fault := not_rejected(entry, future.result()):
            yield entry.file, fault
    for future in starters:
        yield from _starter(future.result())


def not_rejected(entry: WrongTable, report: Report) -> str:
    """What is missing of a wrong solution's rejection; empty if nothing."""
    against = rejected(report)
    if report.passed:
        return f"must not pass ({entry.why}), but it does; write a check that rejects it"
    if missing := sorted(set(entry.rejected_by) - against):
        by = ", ".join(sorted(name for name in against if "[" not in name))
        return f"is not rejected by {', '.join(missing)}, as rejected_by says; it is by {by}"
    return ""


def shortfall(report: Report) -> str:
    """What a report lacks to be perfect, in a few words."""
    lost = [_told(result) for result in report.checks if result.outcome.verdict is not Verdict.PASSED]
    lost += [
        f"{result.metric.name} is {'not recorded' if result.value is None else f'{result.value:.4g}'}, "
        f"full credit from {result.metric.full:g}"
        for result in report.metrics
        if result.points < result.metric.points
    ]
    return f"earns {report.points:g} of {report.points_possible:g}: {'; '.join(lost)}"


def _told(result: CheckResult) -> str:
    outcome = result.outcome
    lines = (outcome.staff_text or outcome.candidate_text).strip().splitlines()
    return f"{result.check.id} {outcome.verdict}" + (f" ({lines[-1][:200]})" if lines else "")


def _starter(report: Report) -> Iterator[tuple[str, str]]:
    """A stub is called and does nothing: so every hidden check ends with an error or a failure."""
    place = f"starter/{report.submission}"
    if report.points:
        yield place, f"must earn nothing, but earns {report.points:g} points"
    for problem in report.problems:
        yield place, f"does not load as a candidate gets it: {problem.text}"
    for result in report.checks:
        verdict = result.outcome.verdict
        if result.check.suite == "hidden" and verdict not in (Verdict.ERROR, Verdict.FAILED):
            yield (
                place,
                f"{result.check.id} ends as {verdict}; a stub must fail it or raise NotImplementedError",
            )
