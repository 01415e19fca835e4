"""Score, time and memory of several answers to one challenge, by the same checks on the same data."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import ChallengeError, SubmissionError
from grader.kit.constructs import Constructs, constructs
from grader.model import Check, Report, Status, Submission
from grader.seeds import new_seed
from grader.submission import read

if TYPE_CHECKING:
    from grader.bank import Bank
    from grader.grading import Session

# Goes below an answer: notes what its calls allocate. It reports to the log, which only this program reads.
_METER = """

def _metered(function):
    import functools, sys, tracemalloc

    @functools.wraps(function)
    def call(*args, **kwargs):
        if tracemalloc.is_tracing():
            return function(*args, **kwargs)
        tracemalloc.start()
        try:
            return function(*args, **kwargs)
        finally:
            print("grader-peak", tracemalloc.get_traced_memory()[1], file=sys.stderr, flush=True)
            tracemalloc.stop()

    return call


for _name in {names!r}:
    _found = globals().get(_name)
    if isinstance(_found, type):
        for _key, _value in list(vars(_found).items()):
            if type(_value) is type(_metered):
                setattr(_found, _key, _metered(_value))
    elif type(_found) is type(_metered):
        globals()[_name] = _metered(_found)
"""
_PEAK = re.compile(rb"^grader-peak (\d{1,15})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Measured:
    """One answer.

    `seconds` is the time of its own code over all checks; `peak` the most bytes that a call had allocated at
    once, over the visible checks, None where that cannot be measured.
    """

    name: str
    source: str
    passed: bool
    points: float
    points_possible: float
    seconds: float
    peak: int | None
    made_of: Constructs | None


def others(bank: Bank, slug: str) -> dict[str, Path]:
    """The reference and the alternatives of a challenge, by what they are called. Raises ChallengeError."""
    folder = bank.solutions / slug
    reference = folder / "reference.py"
    if not reference.is_file():
        raise ChallengeError(f"{reference}: there is no such file; this bank has no solution of {slug}")
    found = {"reference": reference}
    for path in sorted(folder.glob("alternative*.py")):
        found[path.stem.removeprefix("alternative").lstrip("_").replace("_", " ") or "alternative"] = path
    return found


def measure(
    session: Session, slug: str, answers: dict[str, Path], progress: Callable[[str], None]
) -> list[Measured]:
    """Grade every answer twice with one seed, and run its visible checks once more to see what it allocates.

    The time is that of the faster run: the first ones of a session, and other programs, slow some runs down.
    Raises GraderError where one cannot be read, or the grader fails.
    """
    seed = new_seed()
    found = []
    for name, path in answers.items():
        progress(f"Running {name}")
        found.append(_measure(session, slug, name, path, seed, progress))
    again = {}
    for name, path in reversed(answers.items()):
        progress(f"Running {name} again")
        again[name] = _seconds(session.grade(slug, path, seed=seed, progress=progress))
    return [replace(one, seconds=min(one.seconds, again[one.name])) for one in found]


def _measure(
    session: Session, slug: str, name: str, path: Path, seed: str, progress: Callable[[str], None]
) -> Measured:
    report = session.grade(slug, path, seed=seed, progress=progress)
    if report.status is Status.INFRASTRUCTURE:
        raise ChallengeError(f"{name} could not be graded: {report.infrastructure}")
    submission = read(path)
    source = source_of(submission)
    return Measured(
        name=name,
        source=source,
        passed=report.passed,
        points=report.points,
        points_possible=report.points_possible,
        seconds=_seconds(report),
        peak=_peak(session, slug, submission, report, seed),
        made_of=constructs(source),
    )


def _seconds(report: Report) -> float:
    return sum(result.outcome.seconds for result in report.checks)


def source_of(submission: Submission) -> str:
    """The text of an answer: of its file, or of a notebook's cells."""
    if submission.cells:
        return "\n\n".join(cell.source for cell in submission.cells)
    return dict(submission.files)[submission.entry].decode("utf-8", "replace")


def _peak(session: Session, slug: str, submission: Submission, report: Report, seed: str) -> int | None:
    """The most that a call of the visible checks allocated; None for a notebook, or if nothing was noted."""
    if submission.cells or report.problems:
        return None
    with tempfile.TemporaryDirectory(prefix="ml-grader-measure-") as folder:
        for file, content in submission.files:
            place = Path(folder, *file.split("/"))
            place.parent.mkdir(parents=True, exist_ok=True)
            meter = _METER.replace("{names!r}", repr(report.challenge.functions)).encode()
            place.write_bytes(content + meter if file == submission.entry else content)
        try:
            again = session.grade(slug, Path(folder), seed=seed, keep_log=True, select=_visible)
        except SubmissionError:  # a file too long with the lines below it
            return None
    return max((int(figure) for figure in _PEAK.findall(again.log)), default=None)


def _visible(checks: Sequence[Check]) -> Sequence[Check]:
    return [check for check in checks if check.suite == "visible"]
