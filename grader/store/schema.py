"""The format `grader/state/v1`: its models.

`python -m grader.store.schema` prints the JSON Schema that is published under `schemas/`.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from grader.model import Status
from grader.report.schema import DIALECT, CandidateResult

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
Uid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Name = Annotated[str, StringConstraints(max_length=100)]
Digest = Annotated[str, StringConstraints(max_length=200)]
Object = Annotated[dict[str, JsonValue], WithJsonSchema({"type": "object"})]
Amount = Annotated[float, Field(ge=0, le=1e9)]


def _aware(text: str) -> str:
    when = datetime.fromisoformat(text)  # its ValueError is reported with the place
    if when.tzinfo is None:
        raise ValueError("a time needs its distance from UTC, such as +00:00")
    if not 2000 <= when.year < 2200:
        raise ValueError("a time must lie between the years 2000 and 2200")
    return text


Time = Annotated[str, AfterValidator(_aware), Field(max_length=40)]


def _readable(report: dict[str, JsonValue]) -> dict[str, JsonValue]:
    try:
        CandidateResult.model_validate_json(json.dumps(report))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(
            f"not the candidate's grader/result/v1, with {error.error_count()} errors, such as "
            f"{place or 'the whole'}: {first['msg']}"
        ) from None
    return report


# Kept as it is: a field that a later version adds is not filled in here.
CandidatesReport = Annotated[Object, AfterValidator(_readable)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class AttemptPart(_Model):
    """One graded run."""

    uid: Uid
    """Random name of the row; a row that is there already is not added again."""
    slug: Slug
    """The challenge."""
    challenge_digest: Digest
    """Digest of everything in the challenge that decides a verdict."""
    submission_digest: Digest
    """Digest of the submission's files."""
    status: Status
    """`infrastructure`: the grader failed; such a run does not count."""
    points: Amount
    """Points earned."""
    points_possible: Amount
    """Points that a perfect submission earns."""
    metrics: dict[Word, float]
    """The value of each metric that has one."""
    started: Time
    """When the run started: RFC 3339."""
    seconds: Amount
    """How long the run took, in seconds."""
    suite: Name
    """Which checks ran: only runs with `all` count as attempts."""
    sandbox: Name
    """The kind of sandbox: docker, bubblewrap or process."""
    official: bool
    """False if nothing kept the submission from cheating."""
    report: CandidatesReport
    """The run's report, as its candidate may see it: grader/result/v1, which has a schema of its own."""


class EventPart(_Model):
    """Something else that happened with a challenge."""

    uid: Uid
    """Random name of the row."""
    slug: Slug
    """The challenge."""
    kind: Literal["started", "hint", "answer", "gave_up"]
    """`answer`: the model answer was seen; `gave_up`: before the challenge was solved."""
    number: Annotated[int, Field(ge=0, le=1000)]
    """The hint's number, from 1; 0 for other kinds."""
    at: Time
    """When: RFC 3339."""


class ReviewPart(_Model):
    """A quiz card that was rated."""

    uid: Uid
    """Random name of the row."""
    slug: Slug
    """The challenge whose question it is."""
    rating: Annotated[int, Field(ge=1, le=4)]
    """1 again, 2 hard, 3 good, 4 easy."""
    at: Time
    """When: RFC 3339."""
    card: Object
    """What the rating made of the card, as the library fsrs writes it."""


class State(_Model):
    """Everything that the grader remembers of its user and that does not belong to one machine."""

    format: Literal["grader/state/v1"]
    """Name and version of this format."""
    attempts: tuple[AttemptPart, ...]
    """Graded runs, in the order in which they were kept."""
    events: tuple[EventPart, ...]
    """Workspaces made, hints shown, answers seen."""
    reviews: tuple[ReviewPart, ...]
    """Ratings of quiz cards; the latest of a challenge holds its card."""


def schema() -> str:
    """The JSON Schema (2020-12) of the format, as the text of its file."""
    body = State.model_json_schema()
    return json.dumps({"$schema": DIALECT, **body, "title": "grader/state/v1"}, indent=2) + "\n"


if __name__ == "__main__":
    print(schema(), end="")
