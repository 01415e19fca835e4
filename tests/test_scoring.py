from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import (
    Challenge,
    Check,
    Environment,
    Metric,
    Outcome,
    Problem,
    Report,
    Status,
    Submission,
    Verdict,
)
from grader.scoring import credit, rescore, score

ERROR = Metric("error", "Error", "lower", zero=1.0, passing=0.75, full=0.6, points=4.0)
RECALL = Metric("recall", "Recall", "higher", zero=0.5, passing=0.9, full=1.0, points=2.0)
CHALLENGE = Challenge(
    slug="a",
    title="A",
    topic="metrics",
    difficulty="easy",
    minutes=10,
    functions=("f",),
    requires=(),
    root=Path(),
    digest="sha256:0",
)
WITH_ERROR = replace(CHALLENGE, metrics=(ERROR,))
ONE = Check("hidden/test_a.py::test_one", "test_one", "One.")
TWO = Check("hidden/test_a.py::test_two", "test_two", "Two.", points=2.0)
SEEN = Check("visible/test_a.py::test_seen", "test_seen", "Seen.", suite="visible")


def run(
    challenge: Challenge,
    checks: list[Check],
    outcomes: list[Outcome],
    infrastructure: str = "",
    problems: int = 0,
) -> Report:
    return score(
        challenge=challenge,
        submission=Submission("solution.py", "solution.py", (), "sha256:1"),
        checks=checks,
        outcomes=outcomes,
        problems=[Problem("cell", "oh", cell=1)] * problems,
        environment=Environment("process", "none", "3.11", ()),
        seed="0" * 32,
        started="2026-03-01T12:00:00Z",
        seconds=1.0,
        grader_version="0",
        infrastructure=infrastructure,
    )


def passed(check: Check, *metrics: tuple[str, float]) -> Outcome:
    return Outcome(check.id, Verdict.PASSED, metrics=metrics)


def test_all_checks_passed_is_a_pass_with_every_point() -> None:
    report = run(CHALLENGE, [ONE, TWO], [passed(TWO), passed(ONE)])
    assert (report.status, report.points, report.points_possible) == (Status.PASSED, 3.0, 3.0)
    assert [result.check for result in report.checks] == [ONE, TWO]


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.PASSED])
def test_any_other_verdict_earns_nothing(verdict: Verdict) -> None:
    report = run(CHALLENGE, [ONE, TWO], [passed(ONE), Outcome(TWO.id, verdict)])
    assert (report.status, report.points) == (Status.FAILED, 1.0)


def test_a_check_without_outcome_counts_as_not_run_and_stays_in_the_total() -> None:
    report = run(CHALLENGE, [ONE, TWO], [passed(ONE)])
    assert report.checks[1].outcome.verdict is Verdict.NOT_RUN
    assert (report.status, report.points_possible) == (Status.FAILED, 3.0)


def test_visible_checks_carry_no_points_and_decide_nothing() -> None:
    report = run(CHALLENGE, [SEEN, ONE], [Outcome(SEEN.id, Verdict.FAILED), passed(ONE)])
    assert (report.status, report.points, report.points_possible) == (Status.PASSED, 1.0, 1.0)
    report = run(CHALLENGE, [SEEN, ONE], [passed(SEEN)])
    assert (report.status, report.points) == (Status.FAILED, 0.0)


def test_no_checks_at_all_is_not_a_pass() -> None:
    assert run(CHALLENGE, [], []).status is Status.FAILED
    assert run(CHALLENGE, [SEEN], [passed(SEEN)]).status is Status.FAILED


def test_a_failed_cell_alone_does_not_fail_the_submission() -> None:
    assert run(CHALLENGE, [ONE], [passed(ONE)], problems=1).passed


def test_infrastructure_is_never_a_pass() -> None:
    report = run(CHALLENGE, [ONE], [passed(ONE)], infrastructure="the engine went away")
    assert report.status is Status.INFRASTRUCTURE
    assert not report.passed


@pytest.mark.parametrize(
    ("checks", "outcomes"),
    [
        ([ONE], [passed(ONE), passed(TWO)]),
        ([ONE], [passed(ONE), Outcome(ONE.id, Verdict.FAILED)]),
        ([ONE, ONE], [passed(ONE)]),
    ],
    ids=["unknown", "two outcomes", "two checks"],
)
def test_outcomes_that_do_not_fit_the_checks_are_a_bug(checks: list[Check], outcomes: list[Outcome]) -> None:
    with pytest.raises(ValueError, match=r"same id|does not have"):
        run(CHALLENGE, checks, outcomes)


def test_the_pass_mark_is_a_share_of_the_checks_points_despite_rounding() -> None:
    checks = [replace(ONE, id=f"hidden/{number}", points=0.7) for number in range(10)]
    challenge = replace(CHALLENGE, pass_mark=0.8)
    assert math.fsum([0.7] * 8) < 0.8 * math.fsum([0.7] * 10)
    assert run(challenge, checks, [passed(check) for check in checks[:8]]).passed
    assert not run(challenge, checks, [passed(check) for check in checks[:7]]).passed


def test_points_of_metrics_do_not_help_the_checks_to_the_pass_mark() -> None:
    challenge = replace(WITH_ERROR, pass_mark=0.5)
    report = run(challenge, [ONE, TWO], [passed(ONE, ("error", 0.1))])
    assert (report.points, report.status) == (5.0, Status.FAILED)


@pytest.mark.parametrize(
    ("value", "points", "reached"),
    [(1.2, 0, False), (1.0, 0, False), (0.8, 2, False), (0.75, 2.5, True), (0.6, 4, True), (-3.0, 4, True)],
)
def test_a_metric_earns_linear_credit_between_its_thresholds(
    value: float, points: float, reached: bool
) -> None:
    report = run(WITH_ERROR, [ONE], [passed(ONE, ("error", value))])
    (result,) = report.metrics
    assert (result.value, result.passed, report.passed) == (value, reached, reached)
    assert result.points == pytest.approx(points)
    assert report.points == pytest.approx(1 + points)


def test_a_metric_that_rises_is_scored_the_same_way() -> None:
    assert [credit(RECALL, value) for value in (0.4, 0.5, 0.75, 1.0, 1.1)] == [0.0, 0.0, 0.5, 1.0, 1.0]


@pytest.mark.parametrize(
    "outcomes",
    [
        [passed(ONE), passed(TWO)],
        [passed(ONE, ("error", 0.5)), passed(TWO, ("error", 0.5))],
        [passed(ONE, ("error", 0.5), ("error", 0.5)), passed(TWO)],
        [passed(ONE), Outcome(TWO.id, Verdict.FAILED, metrics=(("error", 0.5),))],
        [passed(ONE, ("error", 0.5)), Outcome(TWO.id, Verdict.FAILED, metrics=(("error", 0.5),))],
        [passed(ONE, ("error", math.nan)), passed(TWO)],
        [passed(ONE, ("error", -math.inf)), passed(TWO)],
        [passed(ONE), passed(TWO), passed(SEEN, ("error", 0.5))],
    ],
    ids=["none", "two checks", "twice", "failed", "passed and failed", "nan", "infinite", "visible"],
)
def test_a_figure_that_cannot_be_relied_on_scores_nothing(outcomes: list[Outcome]) -> None:
    report = run(WITH_ERROR, [ONE, TWO, SEEN], outcomes)
    (result,) = report.metrics
    assert (result.value, result.points, result.passed, report.passed) == (None, 0.0, False, False)


@given(
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.sampled_from("lh"),
)
def test_credit_is_a_share_and_never_falls_as_the_value_gets_better(
    a: float, b: float, first: float, second: float, better: str
) -> None:
    low, high = sorted((a, b))
    if better == "l":
        metric = Metric("m", "M", "lower", zero=high, passing=high, full=low, points=1.0)
        worse, improved = max(first, second), min(first, second)
    else:
        metric = Metric("m", "M", "higher", zero=low, passing=low, full=high, points=1.0)
        worse, improved = min(first, second), max(first, second)
    assert 0.0 <= credit(metric, worse) <= credit(metric, improved) <= 1.0
    assert credit(metric, metric.full) == 1.0


def test_scoring_again_by_the_same_rules_gives_the_same_report() -> None:
    report = run(WITH_ERROR, [SEEN, ONE, TWO], [passed(ONE, ("error", 0.7))], infrastructure="gone")
    assert rescore(report, WITH_ERROR) == report


def test_scoring_again_by_other_thresholds_changes_verdict_and_points() -> None:
    report = run(WITH_ERROR, [ONE], [passed(ONE, ("error", 0.8))])
    assert not report.passed
    easier = replace(WITH_ERROR, metrics=(replace(ERROR, passing=0.8, points=8.0),))
    again = rescore(report, easier)
    assert again.passed
    assert again.points == pytest.approx(5.0)
    assert again.points_possible == 9.0


def test_scoring_again_can_drop_and_add_checks() -> None:
    report = run(CHALLENGE, [ONE, TWO], [passed(ONE)])
    assert rescore(report, CHALLENGE, [ONE]).passed
    again = rescore(report, CHALLENGE, [ONE, replace(TWO, id="hidden/new")])
    assert [result.outcome.verdict for result in again.checks] == [Verdict.PASSED, Verdict.NOT_RUN]
