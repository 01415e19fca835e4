"""Section `parity`: every sandbox gives every solution the same verdicts."""

from __future__ import annotations

from collections.abc import Mapping

from grader.proof.findings import Finding, findings
from grader.proof.runs import Runs
from grader.proof.subject import Subject

SECTION = "parity"


def check(subject: Subject, runs: Mapping[str, Runs]) -> list[Finding]:
    """Grade every solution under one seed in each sandbox of `runs`, by name. Raises SandboxError."""
    (first, *others) = runs
    paths = [subject.solutions / file for file in subject.expect.files]
    for name in runs:
        for path in paths:
            runs[name].start(path)
    lines = []
    for path in paths:
        here = runs[first].report(path)
        for name in others:
            there = runs[name].report(path)
            ours = {result.check.id: result.outcome.verdict for result in here.checks}
            theirs = {result.check.id: result.outcome.verdict for result in there.checks}
            for identity in sorted(ours.keys() | theirs.keys()):
                if ours.get(identity) != theirs.get(identity):
                    found = f"{ours.get(identity)} in {first}, {theirs.get(identity)} in {name}"
                    lines.append((path.name, f"{identity} is {found}"))
            for one, other in zip(here.metrics, there.metrics, strict=True):
                if one.passed != other.passed:
                    found = f"{one.value} in {first}, {other.value} in {name}"
                    lines.append(
                        (path.name, f"the metric {one.metric.name} passes in one sandbox only: {found}")
                    )
            if here.status is not there.status:
                lines.append((path.name, f"is {here.status} in {first}, {there.status} in {name}"))
    return findings(SECTION, lines)
