from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.model import Report
from grader.report import render
from grader.report.schema import schema

SCHEMA_FILE = Path(__file__).parents[2] / "schemas" / "grader-result-v1.schema.json"
Samples = Mapping[str, Callable[[], Report]]


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text()))


def test_the_published_schema_is_the_models_schema() -> None:
    assert SCHEMA_FILE.read_text() == schema(), "run: python -m grader.report.schema > " + str(SCHEMA_FILE)


def test_the_schema_is_valid_and_describes_every_field() -> None:
    body = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(body)
    for name, model in body["$defs"].items():
        for key, field in model.get("properties", {}).items():
            assert field.get("description") or "$ref" in field, f"{name}.{key}"


@pytest.mark.parametrize("audience", ["candidate", "staff"])
def test_every_result_fits_the_schema(
    sample: Report, audience: Any, validator: jsonschema.Draft202012Validator
) -> None:
    text = render(sample, "json", audience)
    validator.validate(json.loads(text))
    assert text.endswith("}\n")
    assert text == render(sample, "json", audience)


def test_a_staff_field_in_a_candidates_result_breaks_the_schema(
    samples: Samples, validator: jsonschema.Draft202012Validator
) -> None:
    result = json.loads(render(samples["several-failures"](), "json", "staff"))
    assert validator.is_valid(result)
    assert not validator.is_valid({**result, "audience": "candidate"})
    candidate = json.loads(render(samples["several-failures"](), "json", "candidate"))
    assert not validator.is_valid({**candidate, "seed": "0" * 32})


def test_an_infrastructure_error_is_neither_a_zero_nor_a_pass(samples: Samples) -> None:
    result = json.loads(render(samples["infrastructure"](), "json", "candidate"))
    assert (result["status"], result["passed"]) == ("infrastructure", False)
    assert (result["points"], result["score"]) == (None, None)


def test_points_are_exact_and_the_score_is_their_share(samples: Samples) -> None:
    report = samples["metrics-passing"]()
    result = json.loads(render(report, "json", "staff"))
    assert result["points"] == report.points
    assert result["score"] == report.points / 9


def test_no_line_of_a_hostile_result_is_a_workflow_command(samples: Samples) -> None:
    text = render(samples["hostile"](), "json", "staff")
    assert "##" not in text
    assert not any(line.strip().startswith("::") for line in text.split("\n"))
    assert "##" in json.loads(text)["problems"][0]["text"]
