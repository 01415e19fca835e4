from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.model import Report, Verdict
from grader.report import render
from grader.report.read import parse
from grader.report.redact import cleaned
from grader.scoring import rescore

Samples = Mapping[str, Callable[[], Report]]


def test_a_staff_result_is_read_back_exactly(sample: Report) -> None:
    # Compared as text, since a figure that is not a number is unequal to itself.
    assert repr(parse(render(sample, "json", "staff"))) == repr(cleaned(sample))


TEXTS = st.text(max_size=40)
FIGURES = st.floats(allow_nan=False, allow_infinity=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(Verdict), FIGURES, TEXTS, TEXTS, FIGURES), min_size=11, max_size=11),
    TEXTS,
)
def test_any_outcomes_survive_writing_and_reading(
    samples: Samples, endings: list[tuple[Verdict, float, str, str, float]], name: str
) -> None:
    report = samples["all-passed"]()
    checks = tuple(
        replace(
            result,
            outcome=replace(
                result.outcome,
                verdict=verdict,
                seconds=seconds,
                candidate_text=text,
                staff_text=staff_text,
                metrics=(("error", value),),
            ),
        )
        for result, (verdict, seconds, text, staff_text, value) in zip(report.checks, endings, strict=True)
    )
    report = cleaned(rescore(replace(report, checks=checks, submission=name), report.challenge))
    assert parse(render(report, "json", "staff")) == report


def test_a_result_that_was_read_back_can_be_scored_again(samples: Samples) -> None:
    report = parse(render(samples["metrics-below"](), "json", "staff"))
    assert rescore(report, report.challenge) == report
    easier = tuple(replace(one.metric, passing=one.metric.zero, zero=0.2) for one in report.metrics[1:])
    assert rescore(report, replace(report.challenge, metrics=easier)).passed is False
    assert rescore(report, replace(report.challenge, metrics=())).passed


def test_a_candidates_result_cannot_be_read_back(samples: Samples) -> None:
    with pytest.raises(ValueError, match="candidate's view"):
        parse(render(samples["all-passed"](), "json", "candidate"))


def test_what_is_wrong_with_a_result_is_said_with_its_place(samples: Samples) -> None:
    text = render(samples["all-passed"](), "json", "staff").replace('"seconds": 1.24', '"seconds": "1.24"')
    with pytest.raises(ValueError, match=r"staff\.seconds"):
        parse(text)
    with pytest.raises(ValueError, match="not a grader/result/v1 result"):
        parse("[]")
