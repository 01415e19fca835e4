"""A copy of a challenge with a canary in every hidden file, whose calls are noted.

One run of the reference on it, with the checks in reverse, answers three questions: is anything of the hidden
files in the sandbox, what do the checks send there, and does their order matter.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.bank import CACHES, Bank
from grader.model import Check, Report, Verdict
from grader.proof import recording, spy
from grader.proof.recording import Call
from grader.proof.subject import Subject

SEARCH = "hidden/test_search_of_the_sandbox.py"
CHECK = f'''"""{{canary}}"""

import pytest

from grader.checks import equal


@pytest.mark.hint("{{canary}}")
@pytest.mark.limits(seconds=120)
def {Path(SEARCH).stem}(candidate):
    """{{canary}}"""
    equal(candidate.{spy.search_of_the_sandbox.__name__}({{first!r}}, {{second!r}}), [])
'''
CONFTEST = """from pathlib import Path

from grader.proof import recording

recording.install(Path({calls!r}))
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """A bank that holds the copy, the submission for it, and where calls are noted."""

    bank: Bank
    submission: Path
    notes: Path

    def calls(self) -> list[Call]:
        """What the checks have sent."""
        return recording.read(self.notes)


def plant(subject: Subject, folder: Path) -> Planted:
    """Write the copy below `folder`, which must be empty."""
    canary = f"canary-{secrets.token_hex(12)}"
    root = folder / "challenges" / subject.slug
    shutil.copytree(subject.challenge.root, root, ignore=shutil.ignore_patterns(*CACHES, "*.pyc"))
    for path in sorted((root / "checks" / "hidden").rglob("*.py")):
        with path.open("a", encoding="utf-8") as file:
            file.write(f'\n\n# {canary}\n_PLANTED = "{canary}"\n')
    check = CHECK.format(canary=canary, first=canary[:12], second=canary[12:])
    (root / "checks" / SEARCH).write_text(check, encoding="utf-8")
    notes = folder / "calls.jsonl"
    (root / "checks" / "conftest.py").write_text(CONFTEST.format(calls=str(notes)), encoding="utf-8")
    submission = folder / subject.reference.name
    reference = subject.reference.read_text(encoding="utf-8")
    submission.write_text(f"{reference}\n\n{spy.source()}", encoding="utf-8")
    bank = Bank(folder / "challenges", subject.bank.solutions, subject.bank.datasets)
    return Planted(bank, submission, notes)


def backwards(checks: Sequence[Check]) -> list[Check]:
    """The checks in another order, the search last, when all else has been sent."""
    searches = [check for check in checks if check.id.startswith(SEARCH)]
    return [check for check in reversed(checks) if check not in searches] + searches


def canary_found(report: Report) -> str:
    """Where the canary is in the sandbox, as far as the search says; empty if nowhere."""
    for result in report.checks:
        if result.check.id.startswith(SEARCH):
            if result.outcome.verdict is Verdict.PASSED:
                return ""
            return result.outcome.staff_text or result.outcome.candidate_text or str(result.outcome.verdict)
    return "the search did not run"
