"""Which checks run, where not all do, and what may then be said of the whole."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.errors import GraderError
from grader.model import Check, Report, Status, Verdict

if TYPE_CHECKING:
    from grader.store import Store


Checks = Sequence[Check]


class NothingSelected(GraderError):
    """No check is of the name that was asked for."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Checks of the suites, with a name like `only` and among the ids `failed`, where these are given."""

    visible_only: bool = False
    only: str | None = None
    failed: frozenset[str] | None = None

    def __call__(self, checks: Sequence[Check]) -> Sequence[Check]:
        """The checks that run, in their order. Raises NothingSelected if there is none.

        If none of the failed ones is left, `failed` does not narrow the rest.
        """
        found = [check for check in checks if check.suite == "visible" or not self.visible_only]
        if not found:
            raise NothingSelected("the challenge has no visible checks; `grader grade` runs the hidden ones")
        if self.only is not None:
            found = [check for check in found if named(check, self.only)]
            if not found:
                raise NothingSelected(_unknown(self.only, checks))
        again = [check for check in found if self.failed is not None and check.id in self.failed]
        return again or found


class Choice:
    """Selects checks, and remembers which ran and how many were left out."""

    def __init__(self, chosen: Selection) -> None:
        self._chosen = chosen
        self.ran: tuple[str, ...] = ()
        self.left_out = 0

    def __call__(self, checks: Checks) -> Checks:
        """The checks that run."""
        selected = self._chosen(checks)
        self.ran = tuple(check.id for check in selected)
        self.left_out = len(checks) - len(selected)
        return selected


def named(check: Check, pattern: str) -> bool:
    """Whether a check's name has the pattern in it, or matches it as a whole if it has `*` or `?`."""
    if "*" in pattern or "?" in pattern:
        # Brackets hold a check's parameters; they are no set of characters.
        return fnmatch.fnmatchcase(check.name.lower(), pattern.lower().replace("[", "[[]"))
    return pattern.lower() in check.name.lower()


def part(report: Report, ran: Collection[str]) -> Report:
    """The report on those checks alone. It has no metrics, and is never a pass of the challenge."""
    status = Status.FAILED if report.status is Status.PASSED else report.status
    checks = tuple(result for result in report.checks if result.check.id in ran)
    return replace(report, status=status, checks=checks, metrics=())


def all_passed(report: Report) -> bool:
    """Whether each check that the report lists passed, and there is one."""
    verdicts = {result.outcome.verdict for result in report.checks}
    return verdicts == {Verdict.PASSED} and report.status is not Status.INFRASTRUCTURE


def remembered_failures(store: Store | None, slug: str) -> frozenset[str]:
    """The ids of the checks that failed when they last ran."""
    text = None if store is None else store.recall(f"failed:{slug}")
    return frozenset(json.loads(text)) if text else frozenset()


def remember_failures(store: Store, report: Report, ran: Collection[str]) -> None:
    """Note which of the checks that ran failed; of the others what was known stays."""
    if report.status is Status.INFRASTRUCTURE:
        return
    slug = report.challenge.slug
    results = [result for result in report.checks if result.check.id in ran]
    failed = {result.check.id for result in results if result.outcome.verdict is not Verdict.PASSED}
    kept = remembered_failures(store, slug) - set(ran)
    store.remember(f"failed:{slug}", json.dumps(sorted(kept | failed)))


def _unknown(pattern: str, checks: Sequence[Check]) -> str:
    functions = dict.fromkeys(check.name.partition("[")[0] for check in checks if check.suite == "visible")
    return f"no check has a name like {pattern!r}; among the visible ones are {', '.join(functions)}"
