"""What `challenge.toml` and `dataset.toml` may say, and reading them with every error at once.

`python -m grader.manifest challenge` (or `dataset`) prints the JSON Schema that is published
under `schemas/`.
"""

from __future__ import annotations

import json
import keyword
import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from grader.errors import GraderError

Text = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^\S.*$")]
Positive = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=0)]


def _identifier(name: str) -> str:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise PydanticCustomError("identifier", "is not a name that Python code can define")
    return name


class Table(BaseModel):
    """What every table of every file here has in common: no unknown keys, no conversions."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class LimitsTable(Table):
    """What a submission may use; what is absent has the grader's default."""

    seconds: Annotated[float, Field(gt=0, le=3600, description="wall clock per check")] | None = None
    memory_mb: Annotated[int, Field(ge=64, le=65536, description="MiB, swap included")] | None = None
    processes: Annotated[int, Field(ge=4, le=4096)] | None = None
    disk_mb: Annotated[int, Field(ge=1, le=65536, description="MiB of temporary files")] | None = None
    run_seconds: Annotated[float, Field(gt=0, le=86400, description="of a whole run")] | None = None


class MetricTable(Table):
    """A figure that a hidden check records, with linear credit from `zero` to `full`."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    label: Text
    better: Literal["lower", "higher"]
    zero: Annotated[float, Field(description="no credit from here")]
    passing: Annotated[float, Field(description="a pass needs at least this")]
    full: Annotated[float, Field(description="full credit from here")]
    points: Positive

    @model_validator(mode="after")
    def _ordered(self) -> MetricTable:
        sign = 1.0 if self.better == "higher" else -1.0
        if not sign * self.zero < sign * self.passing <= sign * self.full:
            order = "zero < passing <= full" if self.better == "higher" else "zero > passing >= full"
            raise PydanticCustomError(
                "thresholds",
                "the thresholds of {name} are out of order: where {better} is better, {order} must hold",
                {"name": self.name, "better": self.better, "order": order},
            )
        return self


class ChallengeManifest(Table):
    """One challenge, as its author describes it."""

    format: Literal[1]
    title: Text
    question: Annotated[int, Field(ge=1, le=25, description="number in the guide")] | None = None
    topic: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*$", max_length=40)]
    difficulty: Literal["easy", "medium", "hard"]
    minutes: Annotated[int, Field(ge=1, le=600, description="time that a candidate should need")]
    functions: Annotated[list[Annotated[str, AfterValidator(_identifier)]], Field(min_length=1)]
    requires: list[Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]]
    pass_mark: Annotated[float, Field(gt=0, le=1, description="share of the checks' points for a pass")] = 1.0
    feedback: Annotated[
        Literal["full", "hints", "titles", "score"],
        Field(description="how much of the hidden checks a candidate's report tells"),
    ] = "full"
    limits: LimitsTable = LimitsTable()
    metrics: list[MetricTable] = []


Dtype = Literal["int64", "Int64", "float64", "bool", "str", "category", "datetime64[s]"]


class DatasetManifest(Table):
    """One table: where it is from, under which terms, and what a reader will find in it."""

    format: Literal[1]
    title: Text
    source: Annotated[str, StringConstraints(min_length=1)]
    licence: Text
    file: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.csv$")]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    rows: Count
    columns: Count
    missing: Annotated[int, Field(ge=0, description="empty cells in the whole table")]
    changes: Annotated[list[Text], Field(description="what differs from the source; empty if nothing")]
    dtypes: Annotated[dict[str, Dtype], Field(min_length=1, description="every column, in order")]


Model = TypeVar("Model", bound=Table)


def read(path: Path, model: type[Model]) -> tuple[Model | None, dict[str, Any], list[str]]:
    """Read a TOML file: the validated values (None if anything is wrong), the raw ones, and every
    error as a line of `file: key path: what is wrong`."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, {}, [f"{path}: there is no such file"]
    except OSError as error:
        return None, {}, [f"{path}: cannot be read: {error.strerror}"]
    except UnicodeDecodeError as error:
        return None, {}, [f"{path}: is not UTF-8: byte {error.start} cannot be read"]
    except tomllib.TOMLDecodeError as error:
        return None, {}, [f"{path}: is not TOML: {error}"]  # the message ends with line and column
    try:
        return model.model_validate(raw), raw, []
    except ValidationError as error:
        return None, raw, [f"{path}: {_describe(entry)}" for entry in error.errors(include_url=False)]


def _describe(entry: Any) -> str:
    place = key_path(entry["loc"])
    match entry["type"]:
        case "missing":
            return f"{place}: is missing"
        case "extra_forbidden":
            return f"{place}: is not a known key"
        case "thresholds":
            return f"{place}: {entry['msg']}"
        case _:
            return f"{place}: {entry['msg'][:1].lower()}{entry['msg'][1:]}, not {_short(entry['input'])}"


def key_path(parts: tuple[str | int, ...]) -> str:
    """`("metrics", 0, "zero")` as `metrics[0].zero`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return text.removeprefix(".")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def schema(kind: str) -> str:
    """The JSON Schema of `challenge.toml` or `dataset.toml` as text; `kind` is "challenge" or "dataset"."""
    models: dict[str, type[Table]] = {"challenge": ChallengeManifest, "dataset": DatasetManifest}
    if kind not in models:
        raise GraderError(f"there is no schema of {kind!r}; known: {', '.join(models)}")
    return document(models[kind], kind)


def document(model: type[Table], kind: str) -> str:
    """The JSON Schema of a model, for a file called `kind` with the suffix .toml, as text."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"grader/{kind}/v1"}
    body = model.model_json_schema()
    return json.dumps(head | body | {"title": f"{kind}.toml, format 1"}, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema(sys.argv[1]))
