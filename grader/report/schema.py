"""The result format `grader/result/v1`: its models, and its JSON Schema.

`python -m grader.report.schema` prints the schema that is published as schemas/grader-result-v1.schema.json.
The models say which fields only staff see: those of the `Staff...` classes.
"""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from grader.model import Feedback, Status, Verdict
from grader.report.json import FORMAT
from grader.report.redact import Audience, Band

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class LimitsPart(_Model):
    """What a submission may use."""

    seconds: float
    """The candidate's time for one check, in seconds."""
    memory_mb: int
    """Memory, in MiB."""
    processes: int
    """Processes and threads."""
    disk_mb: int
    """Files written, in MiB."""
    run_seconds: float
    """Time for the whole run, in seconds."""


class ChallengePart(_Model):
    """The challenge that was graded."""

    slug: str
    """Name of the challenge's folder."""
    title: str
    """Title as the candidate reads it."""
    question: int | None
    """Number among the 25 interview questions; null for an extra one."""
    topic: str
    """Topic in the bank."""
    difficulty: Literal["easy", "medium", "hard"]
    """How hard the author thinks it is."""
    minutes: int
    """Time that the author allows for it, in minutes."""
    functions: tuple[str, ...]
    """Names that the submission has to define."""
    requires: tuple[str, ...]
    """Distributions that exist where the submission runs."""
    pass_mark: float
    """Share of the hidden checks' points that a pass needs, 0 to 1."""
    feedback: Feedback
    """How much of the hidden checks a candidate is told, as the author set it."""
    limits: LimitsPart
    """What a submission may use."""
    digest: str
    """Digest of everything in the challenge that decides a verdict."""


class SubmissionPart(_Model):
    """The submission that was graded."""

    name: str
    """Its file or folder name."""
    digest: str
    """Digest of its files."""


class ValuePart(_Model):
    """A value as bounded text: a few words, or a table."""

    name: str
    """The argument's name, or the place in what was returned; empty for the whole."""
    kind: str
    """What kind of value it is, in words; empty for a plain number or text."""
    value: str
    """The value, if it fits into a few words; else empty."""
    columns: tuple[str, ...]
    """A label for each column of `cells`, or none."""
    index: tuple[str, ...]
    """A label for each row of `cells`, or none."""
    cells: tuple[tuple[str, ...], ...]
    """The table by rows: at most 8 rows of 8 cells."""
    marked: tuple[tuple[int, int], ...]
    """Row and column in `cells`, from 0, of what differs from what was expected."""
    left_out: tuple[int, int]
    """How many rows and columns the value has besides."""


class CallPart(_Model):
    """A call of the candidate's code by a visible check, with what came back."""

    call: str
    """What was called; empty where two values were compared of which none is what a call returned."""
    given: tuple[ValuePart, ...]
    """The arguments."""
    returned: tuple[ValuePart, ...]
    """What was returned, in one part or, for a few arrays together, in several; none if nothing was."""
    raised: str
    """Name and message of the exception that was raised; else empty."""
    lines: tuple[str, ...]
    """Where the exception passed through the candidate's own files: file, line and source."""
    expected: tuple[ValuePart, ...]
    """What the check expected, in the same parts; none if it compared nothing."""


class CheckPart(_Model):
    """One check of the challenge's fixed list, whether it ran or not."""

    id: str
    """Unique among the checks. For candidates, a number stands for the parameters of a hidden check."""
    name: str
    """Name of the check's function, with its parameters in brackets."""
    title: str
    """What is checked, in a sentence."""
    suite: Literal["hidden", "visible"]
    """Visible checks come with the challenge; only hidden ones count."""
    verdict: Verdict
    """How it ended. Only `passed` earns points."""
    points: float
    """Points earned."""
    points_possible: float
    """Points that it is worth; 0 for a visible check."""
    seconds: float
    """Time that the candidate's code took, in seconds; rounded to 0.1 in a candidate's result."""
    hint: str
    """The author's hint; in a candidate's result only where the check failed."""
    candidate_text: str
    """What the candidate is told about how it ended."""
    calls: tuple[CallPart, ...] = ()
    """The last calls of a visible check that did not pass; absent for others, and always for hidden ones."""


class RecordPart(_Model):
    """A figure that a check recorded, for scoring the run again."""

    name: str
    """Name of the metric."""
    value: float | None
    """The figure; null if it was not finite."""


class StaffCheckPart(CheckPart):
    """One check of the challenge's fixed list, whether it ran or not, with what only staff may see."""

    staff_text: str
    """What staff are told: the assertion's text, which may hold expected values."""
    recorded: tuple[RecordPart, ...]
    """Figures that the check recorded."""


class MetricPart(_Model):
    """A metric with its thresholds and what was reached."""

    name: str
    """Name of the metric."""
    label: str
    """What it measures, in words."""
    better: Literal["lower", "higher"]
    """Whether lower or higher values are better."""
    zero: float
    """Threshold from which there is no credit."""
    passing: float
    """Threshold that a pass needs."""
    full: float
    """Threshold from which there is full credit; the credit is linear from `zero` to `full`."""
    band: Band
    """Where the value lies: missing, below passing, passing, or full credit."""
    passed: bool
    """Whether the value reached `passing`."""
    points: float
    """Points earned; in a candidate's result, those at the band's lower edge."""
    points_possible: float
    """Points that it is worth."""


class StaffMetricPart(MetricPart):
    """A metric with its thresholds, its value and what was reached."""

    value: float | None
    """The value; null if none was recorded, or more than one, or one that is not finite."""


class ProblemPart(_Model):
    """Something about the submission as a whole."""

    kind: Literal["load", "cell", "missing"]
    """`load`: it cannot be loaded. `cell`: a notebook's cell failed. `missing`: a name is not defined."""
    text: str
    """What is wrong."""
    line: int | None
    """Line of the file or of the cell, from 1; null if unknown."""
    cell: int | None
    """Cell of the notebook, from 1, counting all cells; null outside notebooks."""


class EnvironmentPart(_Model):
    """Where the submission ran."""

    sandbox: str
    """The kind of sandbox: docker, bubblewrap or process."""
    isolation: str
    """strict, standard or none."""
    python: str
    """Python's version."""
    distributions: dict[str, str]
    """Version of each installed distribution."""


class StaffEnvironmentPart(EnvironmentPart):
    """Where the submission ran, with the image and runtime."""

    image: str
    """Digest of the image, with Docker; else empty."""
    runtime: str
    """Container runtime, with Docker; else empty."""


class _Result(_Model):
    format: Literal["grader/result/v1"]
    """Name and version of this format."""
    audience: Audience
    """Who may see this result. The candidate's leaves out what would give the hidden checks away."""
    feedback: Feedback
    """How much of the hidden checks this result tells: `score` lists none of them and no metrics."""
    challenge: ChallengePart
    """The challenge that was graded."""
    submission: SubmissionPart
    """The submission that was graded."""
    status: Status
    """`infrastructure`: the grader failed, the submission was not judged. Neither passed nor failed."""
    passed: bool
    """Whether the status is `passed`."""
    points: float | None
    """Points earned; null if the status is `infrastructure`."""
    points_possible: float
    """Points that a perfect submission earns."""
    score: float | None
    """Share of the points earned, 0 to 1; null if the status is `infrastructure` or no points exist."""
    checks: tuple[CheckPart, ...]
    """Every check of the challenge, in order."""
    metrics: tuple[MetricPart, ...]
    """Every metric of the challenge, in order."""
    problems: tuple[ProblemPart, ...]
    """What is wrong with the submission as a whole."""
    environment: EnvironmentPart
    """Where the submission ran."""
    started: str
    """When the run started: RFC 3339, UTC."""
    seconds: float
    """How long the run took, in seconds."""
    grader_version: str
    """Version of the grader."""
    official: bool
    """False if nothing kept the submission from cheating, so that the result proves nothing."""
    infrastructure: str
    """What went wrong with the grader; empty unless the status is `infrastructure`."""


class CandidateResult(_Result):
    """The result of grading one submission, as its candidate may see it."""

    audience: Literal["candidate"]
    """Who may see this result. The candidate's leaves out what would give the hidden checks away."""


class StaffResult(_Result):
    """The whole result of grading one submission, from which it can be scored again."""

    audience: Literal["staff"]
    """Who may see this result. The candidate's leaves out what would give the hidden checks away."""
    checks: tuple[StaffCheckPart, ...]
    """Every check of the challenge, in order."""
    metrics: tuple[StaffMetricPart, ...]
    """Every metric of the challenge, in order."""
    environment: StaffEnvironmentPart
    """Where the submission ran."""
    seed: str
    """Seed that all random data came from, 32 hexadecimal digits; the same seed repeats the run."""
    log: str
    """Tail of the sandbox's log, when it was asked for; else empty."""


AnyResult = Annotated[CandidateResult | StaffResult, Field(discriminator="audience")]


def schema() -> str:
    """The JSON Schema (2020-12) of the format, as the text of its file."""
    adapter: TypeAdapter[CandidateResult | StaffResult] = TypeAdapter(AnyResult)
    body = adapter.json_schema()
    # OpenAPI's keyword; JSON Schema has no use for it, and each branch names its audience.
    body.pop("discriminator")
    head = {
        "$schema": DIALECT,
        "title": FORMAT,
        "description": "The result of grading one submission. Texts hold no control characters; each is at "
        "most 4 KiB (the log 64 KiB).",
    }
    return json.dumps({**head, **body}, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(schema(), end="")
