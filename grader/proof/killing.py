"""Section `mutants`: faults put into the reference must be noticed. See the package `mutants`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.grading import Session
from grader.proof.findings import Finding, findings
from grader.proof.mutants import ENOUGH, MutantResult, prove, recorded
from grader.proof.subject import Subject

SECTION = "mutants"


def check(
    subject: Subject, session: Session, threads: int, progress: Callable[[str], None]
) -> tuple[list[Finding], MutantResult]:
    """Grade the mutants of the reference. Raises ChallengeError and SandboxError."""
    reasons = recorded(subject.solutions)
    result = prove(session, subject.challenge, subject.reference, reasons, threads=threads, progress=progress)
    return findings(SECTION, _lines(result)), result


def _lines(result: MutantResult) -> Iterator[tuple[str, str]]:
    if result.share < ENOUGH:
        yield "reference", f"{result.share:.1%} of the mutants are killed; {ENOUGH:.0%} are wanted"
    for mutant in result.survivors:
        yield (
            "reference",
            (
                "a mutant survives; write a check that rejects it, or give a reason in mutants.toml:\n"
                f"{mutant.diff.rstrip()}"
            ),
        )
    for line in result.errors:
        yield "mutants.toml", line
