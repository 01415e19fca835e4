from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from grader.errors import GraderError
from grader.manifest import ChallengeManifest, DatasetManifest, key_path, read, schema
from grader.resources import folder

CHALLENGE = """
format = 1
title = "Add"
topic = "metrics"
difficulty = "easy"
minutes = 5
functions = ["add"]
requires = ["numpy"]
"""


def errors_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "challenge.toml"
    path.write_text(text, encoding="utf-8")
    return [line.removeprefix(f"{path}: ") for line in read(path, ChallengeManifest)[2]]


def test_a_good_manifest_has_no_errors(tmp_path: Path) -> None:
    assert errors_of(tmp_path, CHALLENGE) == []


def test_every_error_is_reported_at_once(tmp_path: Path) -> None:
    text = CHALLENGE.replace('"easy"', '"trivial"').replace("= 5", '= "5"').replace("title", "titel")
    errors = errors_of(tmp_path, text + "[limits]\nmemory_mb = 1\n")
    assert {error.split(":")[0] for error in errors} == {
        "title", "titel", "difficulty", "minutes", "limits.memory_mb",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Add"\n', "", "title: is missing"),
        ("minutes", "minuets = 5\nminutes", "minuets: is not a known key"),
        ("minutes = 5", "minutes = 5.0", "minutes: input should be a valid integer, not 5.0"),
        ("minutes = 5", "minutes = true", "minutes: input should be a valid integer, not True"),
        ("format = 1", "format = 2", "format: input should be 1, not 2"),
        ('["add"]', '["add one"]', "functions[0]: is not a name that Python code can define, not 'add one'"),
        ('["add"]', '["class"]', "functions[0]: is not a name that Python code can define, not 'class'"),
        ('["numpy"]', '["scikit_learn"]', "requires[0]: string should match pattern"),
        ("format = 1", "format = 1\nquestion = 26", "question: input should be less than or equal"),
        ("format = 1", "format = 1\npass_mark = 0.0", "pass_mark: input should be greater than 0, not 0.0"),
        ("format = 1", "format = 1\npass_mark = nan", "pass_mark: input should be"),
    ],
)  # fmt: skip
def test_an_error_names_its_key_and_value(tmp_path: Path, old: str, new: str, message: str) -> None:
    (error,) = errors_of(tmp_path, CHALLENGE.replace(old, new, 1))
    assert error.startswith(message)


METRIC = """
[[metrics]]
name = "error"
label = "Error"
better = "{better}"
zero = {zero}
passing = {passing}
full = {full}
points = 4
"""


@pytest.mark.parametrize(
    ("better", "zero", "passing", "full"),
    [("lower", 1.0, 0.75, 0.6), ("lower", 1, 0.75, 0.75), ("higher", 0.5, 0.7, 0.9), ("higher", -1, 0, 0)],
)
def test_thresholds_in_order_are_accepted(
    tmp_path: Path, better: str, zero: float, passing: float, full: float
) -> None:
    text = METRIC.format(better=better, zero=zero, passing=passing, full=full)
    assert errors_of(tmp_path, CHALLENGE + text) == []


@pytest.mark.parametrize(
    ("better", "zero", "passing", "full"),
    [
        ("higher", 1.0, 0.75, 0.6),
        ("lower", 0.5, 0.7, 0.9),
        ("lower", 1.0, 1.0, 0.5),
        ("higher", 0.1, 0.9, 0.8),
    ],
)
def test_thresholds_out_of_order_are_refused(
    tmp_path: Path, better: str, zero: float, passing: float, full: float
) -> None:
    text = METRIC.format(better=better, zero=zero, passing=passing, full=full)
    (error,) = errors_of(tmp_path, CHALLENGE + text)
    assert error.startswith("metrics[0]: the thresholds of error are out of order")


@pytest.mark.parametrize("zero", ["inf", "nan"])
def test_thresholds_are_finite(tmp_path: Path, zero: str) -> None:
    (error,) = errors_of(tmp_path, CHALLENGE + METRIC.format(better="lower", zero=zero, passing=2, full=1))
    assert error.startswith("metrics[0].zero: input should be a finite number")


def test_broken_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    (error,) = errors_of(tmp_path, 'format = 1\ntitle = "unclosed\n')
    assert "is not TOML" in error
    assert "line 2" in error


def test_a_file_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "challenge.toml"
    path.write_bytes(b'title = "\xff"')
    assert "is not UTF-8: byte 9" in read(path, ChallengeManifest)[2][0]


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    assert "there is no such file" in read(tmp_path / "dataset.toml", DatasetManifest)[2][0]


def test_key_paths_read_like_code() -> None:
    assert key_path(("metrics", 0, "zero")) == "metrics[0].zero"


@pytest.mark.parametrize("kind", ["challenge", "dataset"])
def test_the_published_schema_is_that_of_the_code(kind: str) -> None:
    published = (folder("schemas") / f"{kind}-v1.schema.json").read_text(encoding="utf-8")
    assert published == schema(kind), f"run: python -m grader.manifest {kind} > schemas/{kind}-v1.schema.json"
    jsonschema.Draft202012Validator.check_schema(json.loads(published))


def test_an_unknown_schema_is_refused() -> None:
    with pytest.raises(GraderError, match="known: challenge, dataset"):
        schema("submission")
