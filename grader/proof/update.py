"""`grader bank update`: writes what follows from other files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.bank import Bank
from grader.errors import ChallengeError
from grader.grading import Session
from grader.model import Challenge
from grader.proof import calibration, seeds
from grader.proof.expect import FILE as EXPECT
from grader.proof.expect import Expect, read_table
from grader.proof.notebook import starter_notebook
from grader.proof.runs import Runs, seldom
from grader.proof.subject import Subject
from grader.proof.verdicts import shortfall

Progress = Callable[[str], None]


def notebook(challenge: Challenge) -> Iterator[Path]:
    """Write the starter notebook; yields its path if that changed it. Raises ChallengeError."""
    folder = challenge.root / "starter"
    try:
        brief = (challenge.root / "README.md").read_text(encoding="utf-8")
        source = (folder / "solution.py").read_text(encoding="utf-8")
        yield from _write(folder / "solution.ipynb", starter_notebook(brief, source))
    except (OSError, SyntaxError, ValueError) as error:
        raise ChallengeError(f"{folder}: the notebook cannot be made: {error}") from None


def figures(
    bank: Bank, challenge: Challenge, session: Session, count: int, threads: int, progress: Progress
) -> Iterator[Path]:
    """Measure every metric under `count` seeds and write calibration.toml; yields its path if it changed.

    Raises ChallengeError where a metric cannot be measured, and SandboxError.
    """
    if not challenge.metrics:
        return
    expect, found = read_table(bank.solutions / challenge.slug / EXPECT, Expect)
    if expect is None:
        raise ChallengeError(
            "\n".join(f"{challenge.slug}: {finding.place}: {finding.message}" for finding in found)
        )
    subject = Subject(bank, challenge, expect)
    done, step = itertools.count(1), seldom(progress, every=10)
    runs = Runs(session, challenge.slug, threads, lambda: step(f"{challenge.slug}: run {next(done)}"))
    try:
        measured = seeds.measure(subject, runs, count, others=False)
    finally:
        runs.close()
    if len(measured.headroom) < len(challenge.metrics):
        reports = measured.right[subject.expect.reference.file]
        worst = next(report for report in reports if any(one.value is None for one in report.metrics))
        where = f"{challenge.slug}: the reference, seed {worst.seed.lstrip('0')}"
        raise ChallengeError(f"{where}: not every metric is recorded; it {shortfall(worst)}")
    try:
        text = calibration.render(measured.headroom)
    except ValueError as error:
        raise ChallengeError(f"{challenge.slug}: {error}") from None
    yield from _write(challenge.root / calibration.FILE, text)


def _write(path: Path, text: str) -> Iterator[Path]:
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        yield path
