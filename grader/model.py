"""The values that pass between the parts: challenges, submissions, outcomes, reports.

Frozen, without behaviour that does I/O. Durations are seconds, sizes are MiB where the
name says `_mb` and bytes elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal


class Verdict(StrEnum):
    """How one check ended."""

    PASSED = "passed"
    FAILED = "failed"  # an assertion did not hold
    ERROR = "error"  # the candidate's code raised, or its answer could not be checked
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"  # the candidate's process ended by itself
    PROTOCOL = "protocol"  # what came back was not an answer
    NOT_RUN = "not_run"


class Feedback(StrEnum):
    """How much of the hidden checks a candidate's report tells; each level leaves out more."""

    FULL = "full"  # titles, verdicts, hints, and the candidate's own errors
    HINTS = "hints"  # not the errors: their text is the candidate's and may carry hidden input
    TITLES = "titles"  # titles and verdicts
    SCORE = "score"  # points and the verdict on the whole


class Status(StrEnum):
    """How a whole run ended. Infrastructure is never a zero and never a pass."""

    PASSED = "passed"
    FAILED = "failed"
    INFRASTRUCTURE = "infrastructure"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a submission may use. `seconds` is the candidate's time per check."""

    seconds: float = 10.0
    memory_mb: int = 512
    processes: int = 64
    disk_mb: int = 64
    run_seconds: float = 300.0  # the whole run, whatever its checks do


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that a hidden check records, with its thresholds and linear credit."""

    name: str
    label: str
    better: Literal["lower", "higher"]
    zero: float  # no credit from here
    passing: float
    full: float  # full credit from here
    points: float


@dataclass(frozen=True, slots=True)
class Challenge:
    """One interview question with its coding task, as read from its folder."""

    slug: str
    title: str
    topic: str
    difficulty: Literal["easy", "medium", "hard"]
    minutes: int
    functions: tuple[str, ...]  # every name that the brief asks for, classes included
    requires: tuple[str, ...]  # distributions that exist in the sandbox
    root: Path  # challenges/<slug>
    digest: str  # "sha256:..." over everything that decides a verdict
    question: int | None = None
    limits: Limits = Limits()
    metrics: tuple[Metric, ...] = ()
    pass_mark: float = 1.0  # share of the checks' points that a pass needs
    feedback: Feedback = Feedback.FULL


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell of a notebook; `number` counts all cells from 1, as Jupyter shows them."""

    number: int
    source: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission in memory. `files` are relative POSIX paths; `entry` is one of them.

    A notebook has `cells` and its `entry` is not in `files`.
    """

    name: str
    entry: str
    files: tuple[tuple[str, bytes], ...]
    digest: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One check, as collected before any candidate code ran."""

    id: str  # pytest's node id below checks/, e.g. "hidden/test_scores.py::test_macro[3]"
    name: str  # "test_macro[3]"
    title: str  # first line of the docstring
    points: float = 1.0
    hint: str = ""
    suite: Literal["hidden", "visible"] = "hidden"


@dataclass(frozen=True, slots=True)
class ValueShown:
    """A value as bounded text: `value` for what fits into a few words, else `cells`, a table by rows.

    `index` has a label for each row and `columns` one for each column; either may be empty. `marked` are the
    cells (row, column) that differ from what was expected. `left_out` counts the rows and columns that the
    value has besides.
    """

    name: str  # the argument's, or the place in what was returned, such as "[0]"
    kind: str  # in words: "a float array of shape (3, 2)"
    value: str = ""
    columns: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    marked: tuple[tuple[int, int], ...] = ()
    left_out: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class CallShown:
    """A call of the candidate's code by a visible check, with what came back, as text.

    `raised` is an exception's name and message, `lines` where it went through the candidate's own files.
    `call` is empty for two values that were compared and of which none is what a call returned as it stands.
    """

    call: str  # "f1", "Scaler.transform"
    given: tuple[ValueShown, ...] = ()
    returned: tuple[ValueShown, ...] = ()
    raised: str = ""
    lines: tuple[str, ...] = ()
    expected: tuple[ValueShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check went. `candidate_text` may be shown to the candidate, `staff_text` not."""

    id: str
    verdict: Verdict
    seconds: float = 0.0  # time that the candidate's code took
    candidate_text: str = ""
    staff_text: str = ""
    metrics: tuple[tuple[str, float], ...] = ()
    calls: tuple[CallShown, ...] = ()  # the last ones of a visible check that did not pass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the submission as a whole: it does not load, a cell failed, a name is missing."""

    kind: Literal["load", "cell", "missing"]
    text: str
    line: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the submission ran. `isolation` is "strict", "standard" or "none"."""

    sandbox: str  # "docker", "bubblewrap", "process"
    isolation: str
    python: str
    distributions: tuple[tuple[str, str], ...]
    image: str = ""  # digest, with Docker
    runtime: str = ""  # "runc", "runsc", with Docker


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check with its outcome and the points it earned."""

    check: Check
    outcome: Outcome
    points: float


@dataclass(frozen=True, slots=True)
class MetricResult:
    """A metric with the value that was recorded (None: nothing finite) and its credit."""

    metric: Metric
    value: float | None
    points: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The result of grading one submission; everything else is a projection of it."""

    challenge: Challenge
    submission: str  # its name
    submission_digest: str
    status: Status
    points: float
    points_possible: float
    checks: tuple[CheckResult, ...]
    metrics: tuple[MetricResult, ...]
    problems: tuple[Problem, ...]
    environment: Environment
    seed: str  # 32 hexadecimal digits
    started: str  # RFC 3339, UTC
    seconds: float
    grader_version: str
    official: bool = True  # False where nothing kept the candidate from cheating
    infrastructure: str = ""  # what went wrong, when status says so
    log: bytes = field(default=b"", repr=False)  # tail of the sandbox's log, when asked for

    @property
    def passed(self) -> bool:
        return self.status is Status.PASSED
