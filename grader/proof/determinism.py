"""Section `determinism`: one seed, one report, whenever and in whatever order the checks run."""

from __future__ import annotations

from collections.abc import Iterator

from grader.model import Report
from grader.proof.findings import Finding, findings
from grader.proof.runs import Runs
from grader.proof.subject import Subject

SECTION = "determinism"


def check(subject: Subject, runs: Runs, reordered: Report | None) -> list[Finding]:
    """Grade the reference and one wrong solution again; compare with `reordered`, the reference's report
    from a run with the checks the other way round. Raises SandboxError."""
    some = [subject.reference, *(subject.solutions / entry.file for entry in subject.expect.wrong[:1])]
    lines = [
        (path.name, f"graded twice with one seed: {line}; draw everything from rng")
        for path in some
        for line in differences(runs.report(path), runs.again(path))
    ]
    if reordered is not None:
        lines += [
            (
                subject.reference.name,
                f"with the checks in another order: {line}; share no state between checks",
            )
            for line in differences(runs.report(subject.reference), reordered)
        ]
    return findings(SECTION, lines)


def differences(one: Report, other: Report, *, texts: bool = True) -> Iterator[str]:
    """Where two reports on one submission differ, times and places apart. Checks of `other` that `one`
    does not have are passed over."""
    outcomes = {result.check.id: result.outcome for result in other.checks}
    for result in one.checks:
        first, second = result.outcome, outcomes.get(result.check.id)
        if second is None or first.verdict is not second.verdict:
            there = "not there" if second is None else second.verdict
            yield f"{first.id} is {first.verdict} and {there}"
        elif dict(first.metrics) != dict(second.metrics):
            yield f"{first.id} records {dict(first.metrics)} and {dict(second.metrics)}"
        elif texts and (first.candidate_text, first.staff_text) != (second.candidate_text, second.staff_text):
            yield f"{first.id} has another text"
    if texts and one.problems != other.problems:
        yield "the problems of the submission differ"
    if one.status is not other.status:
        yield f"the submission is {one.status} and {other.status}"
