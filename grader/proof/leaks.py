"""Section `leaks`: nothing hidden is in the sandbox, a visible file, a public table or the order of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from grader.model import Report
from grader.proof.findings import Finding, findings
from grader.proof.planting import canary_found
from grader.proof.recording import Call
from grader.proof.shown import shown
from grader.proof.subject import Subject

SECTION = "leaks"
# Of the different rows that a check sends: how many of a public table make more than a coincidence.
PUBLIC_ROWS, PUBLIC_SHARE = 3, 0.05

Lines = Iterator[tuple[str, str]]


def check(
    subject: Subject, reports: Mapping[str, Report], calls: list[Call], public: Mapping[str, str]
) -> list[Finding]:
    """`reports`: the run of the planted copy in each sandbox, by name; `calls`: what it noted; `public`: keys
    of rows that can be looked up. Raises ChallengeError."""
    leaks = subject.expect.leaks
    lines = [*_canary(reports), *_public(calls, public)]
    if leaks.shown is None:
        lines += [
            (place, f"{what}; draw it from rng, or give a reason in [leaks] shown of expect.toml")
            for place, what in shown(subject.challenge.root)
        ]
    if leaks.ordered is None:
        lines += _ordered(calls)
    return findings(SECTION, lines)


def _canary(reports: Mapping[str, Report]) -> Lines:
    for sandbox, report in reports.items():
        if where := canary_found(report):
            yield f"sandbox {sandbox}", f"a word of the hidden files was found in it: {where[:500]}"


def _public(calls: Iterable[Call], public: Mapping[str, str]) -> Lines:
    sent: dict[str, set[str]] = {}
    for call in calls:
        sent.setdefault(call.check, set()).update(call.keys)
    for check, keys in sent.items():
        known = [public[key] for key in keys if key in public]
        if len(known) >= PUBLIC_ROWS and len(known) >= PUBLIC_SHARE * len(keys):
            tables = ", ".join(sorted(set(known)))
            yield (
                check,
                f"sends {len(known)} rows of {tables}, which can be looked up; generate rows from rng",
            )


def _ordered(calls: Iterable[Call]) -> Lines:
    found = {
        (call.check.partition("[")[0], call.function, what, how): None
        for call in calls
        for what, how in call.telling
    }
    for check, function, what, how in found:
        yield (
            check,
            (
                f"{what} of the rows sent to {function} can be told from their {how}; shuffle the rows, "
                "or give a reason in [leaks] ordered of expect.toml"
            ),
        )
