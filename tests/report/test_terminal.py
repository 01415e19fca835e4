from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from grader.model import Report, Status
from grader.report import render

Samples = Mapping[str, Callable[[], Report]]
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("audience", ["candidate", "staff"])
@pytest.mark.parametrize("unicode", [True, False], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_is_wider_than_the_terminal(sample: Report, width: int, unicode: bool, audience: Any) -> None:
    text = render(sample, "terminal", audience, width=width, unicode=unicode)
    assert max(cell_len(line) for line in text.split("\n")) <= width
    assert unicode or text.isascii()


@pytest.mark.parametrize("audience", ["candidate", "staff"])
def test_colour_adds_nothing_but_colour(sample: Report, audience: Any) -> None:
    plain = render(sample, "terminal", audience)
    colored = render(sample, "terminal", audience, color=True)
    assert "\x1b" not in plain
    assert colored != plain
    stripped = ANSI.sub("", colored)
    assert [line.rstrip() for line in stripped.split("\n")] == plain.split("\n")


def test_neither_environment_nor_terminal_is_asked(samples: Samples, monkeypatch: pytest.MonkeyPatch) -> None:
    report = samples["several-failures"]()
    before = render(report, "terminal", "staff", color=True)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.setitem(os.environ, name, "1")
    monkeypatch.setitem(os.environ, "TERM", "dumb")
    assert render(report, "terminal", "staff", color=True) == before


def test_the_last_words_are_the_verdict_and_the_next_step(sample: Report) -> None:
    end = render(sample, "terminal", "candidate", width=100).rpartition("\u2500")[2]
    verdict = {Status.PASSED: "PASSED", Status.FAILED: "NOT PASSED", Status.INFRASTRUCTURE: "NOT GRADED"}
    assert end.lstrip().startswith(verdict[sample.status])
    assert sample.passed or len(end.strip().split("\n")) >= 2


def test_a_rendering_for_candidates_has_no_staff_text_and_no_seed(sample: Report) -> None:
    text = render(sample, "terminal", "candidate")
    assert sample.seed not in text
    for result in sample.checks:
        if result.check.suite == "hidden" and not result.outcome.candidate_text and result.outcome.staff_text:
            assert result.outcome.staff_text not in text


def test_staff_see_their_text_and_what_repeats_the_run(samples: Samples) -> None:
    report = samples["several-failures"]()
    text = render(report, "terminal", "staff")
    assert "0.5833 expected, 0.6111 returned" in text
    assert report.seed in text
    assert "case weighted-0.6667" in text


def test_an_unofficial_run_says_so_beside_the_verdict(samples: Samples) -> None:
    assert "PASSED (unofficial)" in render(samples["unofficial"](), "terminal", "candidate")


def test_infrastructure_shows_no_points_to_the_candidate(samples: Samples) -> None:
    text = render(samples["infrastructure"](), "terminal", "candidate")
    assert "points" not in text
    assert "engine.sock" not in text
    assert "engine.sock" in render(samples["infrastructure"](), "terminal", "staff")


def test_metric_values_are_for_staff(samples: Samples) -> None:
    report = samples["metrics-below"]()
    assert "0.75004, below passing" in render(report, "terminal", "staff")
    assert "0.75004" not in render(report, "terminal", "candidate")


@pytest.mark.parametrize("width", [100, 80, 40])
def test_carets_stay_below_what_they_point_at(samples: Samples, width: int) -> None:
    lines = render(samples["load-failure"](), "terminal", "candidate", width=width).split("\n")
    number = next(index for index, line in enumerate(lines) if line.endswith("^"))
    assert lines[number - 1][lines[number].index("^")] == "("


def test_the_place_of_a_problem_is_said_once(samples: Samples) -> None:
    assert render(samples["load-failure"](), "terminal", "candidate", width=100).count("line 14") == 2
    assert render(samples["notebook"](), "terminal", "candidate").count("line 2") == 1


def test_a_long_list_sums_up_what_passed(samples: Samples) -> None:
    text = render(samples["sixty-checks"](), "terminal", "candidate")
    assert "28 checks passed" in text
    assert "Property 50 holds" in text
    assert "Property 30 holds" not in text


def test_a_candidates_words_stand_behind_a_bar(samples: Samples) -> None:
    lines = render(samples["hostile"](), "terminal", "staff").split("\n")
    assert [line for line in lines if line.startswith("PASSED")] == []
    for line in lines[1:]:
        if "PASSED  12/12" in line or "error::boo" in line:
            assert line.lstrip()[0] in "\u2502\u2506"


def test_a_lower_pass_mark_is_explained(samples: Samples) -> None:
    report = samples["several-failures"]()
    report = replace(report, challenge=replace(report.challenge, pass_mark=0.8))
    assert "A pass needs 80% of the hidden checks' points." in render(report, "terminal", "candidate")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(max_size=200), st.sampled_from([30, 40, 81]), st.booleans(), st.booleans())
def test_any_text_of_a_candidate_is_shown_without_control_characters(
    samples: Samples, text: str, width: int, unicode: bool, color: bool
) -> None:
    report = samples["several-failures"]()
    checks = tuple(
        replace(result, outcome=replace(result.outcome, candidate_text=text)) for result in report.checks
    )
    report = replace(report, checks=checks, submission=text)
    shown = render(report, "terminal", "candidate", width=width, unicode=unicode, color=color)
    shown = ANSI.sub("", shown)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert max(cell_len(line.rstrip()) for line in shown.split("\n")) <= width
