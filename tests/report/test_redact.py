from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping

import pytest

from grader.model import CallShown, CheckResult, Feedback, Report, Status, ValueShown, Verdict
from grader.report.redact import INFRASTRUCTURE, Band, band, cleaned, view

Samples = Mapping[str, Callable[[], Report]]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def test_the_candidate_sees_no_staff_text_of_a_hidden_check_no_seed_and_no_log(sample: Report) -> None:
    sample = dataclasses.replace(sample, log=b"printed hidden input")
    shown = view(sample, "candidate").report
    assert (shown.seed, shown.log, shown.environment.image, shown.environment.runtime) == ("", b"", "", "")
    for before, after in zip(sample.checks, shown.checks, strict=True):
        assert (after.outcome.staff_text, after.outcome.metrics) == ("", ())
        staff_text = before.outcome.staff_text
        if before.check.suite == "hidden" and staff_text and staff_text not in before.outcome.candidate_text:
            assert not any(staff_text in text for text in strings(shown))


def test_the_candidate_sees_the_whole_text_of_a_visible_check(samples: Samples) -> None:
    shown = view(samples["several-failures"](), "candidate").report
    assert shown.checks[1].outcome.candidate_text == "expected 0.5, not 0.25\n  at index 1"


def test_nobody_sees_the_calls_of_a_hidden_check(samples: Samples) -> None:
    report = samples["calls-shown"]()
    secret = (CallShown("f1", (ValueShown("secret", "", "hidden input"),)),)
    report = dataclasses.replace(
        report,
        checks=tuple(
            dataclasses.replace(one, outcome=dataclasses.replace(one.outcome, calls=secret))
            if one.check.suite == "hidden"
            else one
            for one in report.checks
        ),
    )
    for audience in ("candidate", "staff"):
        for feedback in Feedback:
            shown = view(report, audience, feedback).report  # type: ignore[arg-type]
            assert [bool(one.outcome.calls) for one in shown.checks if one.check.suite == "visible"] == [
                True,
                True,
            ]
            assert not any("hidden input" in text for text in strings(shown))


def test_the_candidate_sees_a_hint_only_where_the_check_failed(sample: Report) -> None:
    for result in view(sample, "candidate").report.checks:
        if result.outcome.verdict in (Verdict.PASSED, Verdict.NOT_RUN):
            assert result.check.hint == ""


def test_the_candidate_sees_numbers_for_the_parameters_of_hidden_checks(samples: Samples) -> None:
    shown = view(samples["several-failures"](), "candidate").report
    names = [result.check.name for result in shown.checks if "[" in result.check.name]
    assert names == ["test_average[1]", "test_average[2]", "test_average[3]"]
    assert not any("0.6667" in text for text in strings(shown))
    assert len({result.check.id for result in shown.checks}) == len(shown.checks)
    assert all(result.check.id == result.outcome.id for result in shown.checks)


@pytest.mark.parametrize(
    ("name", "bands", "points"),
    [
        ("metrics-full", (Band.FULL, Band.FULL), (4.0, 2.0)),
        ("metrics-passing", (Band.PASSING, Band.PASSING), (2.5, 16 / 9)),
        ("metrics-below", (Band.BELOW, Band.BELOW), (0.0, 0.0)),
        ("metrics-missing", (Band.MISSING, Band.MISSING), (0.0, 0.0)),
    ],
)
def test_the_candidate_sees_bands_and_the_points_of_their_edges(
    samples: Samples, name: str, bands: tuple[Band, ...], points: tuple[float, ...]
) -> None:
    report = samples[name]()
    shown = view(report, "candidate")
    assert tuple(map(band, report.metrics)) == shown.bands == bands
    assert [metric.value for metric in shown.report.metrics] == [None, None]
    assert tuple(metric.points for metric in shown.report.metrics) == pytest.approx(points)
    assert shown.report.points == pytest.approx(3.0 + sum(points))
    assert shown.report.status is report.status


def test_two_values_in_one_band_look_the_same_to_the_candidate(samples: Samples) -> None:
    report = samples["metrics-passing"]()
    other = dataclasses.replace(report.metrics[0], value=0.62, points=3.8)
    other_report = dataclasses.replace(report, metrics=(other, report.metrics[1]), points=report.points + 0.9)
    assert view(report, "candidate") == view(other_report, "candidate")
    assert view(report, "staff") != view(other_report, "staff")


def test_times_are_too_coarse_to_carry_hidden_input(samples: Samples) -> None:
    report = samples["several-failures"]()
    seconds = [result.outcome.seconds for result in view(report, "candidate").report.checks]
    assert seconds == [round(value, 1) for value in seconds]
    assert 1.31 in [result.outcome.seconds for result in view(report, "staff").report.checks]


def test_the_candidate_is_not_told_about_the_operators_machine(samples: Samples) -> None:
    shown = view(samples["infrastructure"](), "candidate").report
    assert (shown.status, shown.infrastructure) == (Status.INFRASTRUCTURE, INFRASTRUCTURE)


@pytest.mark.parametrize("audience", ["candidate", "staff"])
def test_no_string_of_a_view_can_steer_a_terminal(samples: Samples, audience: str) -> None:
    shown = view(samples["hostile"](), audience).report  # type: ignore[arg-type]
    for text in strings(shown):
        assert not set(text) & set("\x00\x07\x1b\x9b\r\u202e\u200b\ud800")
    assert "\n" not in shown.submission
    assert b"\x1b" not in shown.log


def test_staff_see_a_clean_report_unchanged_and_cleaning_twice_changes_nothing(sample: Report) -> None:
    once = cleaned(sample)
    assert repr(cleaned(once)) == repr(once)
    if sample.environment.sandbox and "\x1b" not in sample.submission:
        assert repr(once) == repr(sample)


def hidden(report: Report) -> list[CheckResult]:
    return [result for result in report.checks if result.check.suite == "hidden"]


def test_full_feedback_is_the_default_and_tells_the_candidates_own_errors(samples: Samples) -> None:
    report = samples["several-failures"]()
    assert view(report, "candidate") == view(report, "candidate", Feedback.FULL)
    assert any(result.outcome.candidate_text for result in hidden(view(report, "candidate").report))


@pytest.mark.parametrize("feedback", [Feedback.HINTS, Feedback.TITLES, Feedback.SCORE])
def test_less_feedback_tells_no_error_of_a_hidden_check(samples: Samples, feedback: Feedback) -> None:
    report = samples["several-failures"]()
    shown = view(report, "candidate", feedback).report
    assert not any(result.outcome.candidate_text for result in hidden(shown))
    visible = [
        result for result in view(report, "candidate").report.checks if result.check.suite == "visible"
    ]
    assert [result for result in shown.checks if result.check.suite == "visible"] == visible


def test_hints_are_told_with_hints_and_not_with_titles(samples: Samples) -> None:
    report = samples["several-failures"]()
    told = {level: hidden(view(report, "candidate", level).report) for level in Feedback}
    assert any(result.check.hint for result in told[Feedback.HINTS])
    assert not any(result.check.hint for result in told[Feedback.TITLES])
    assert [result.check.title for result in told[Feedback.TITLES]] == [
        result.check.title for result in told[Feedback.FULL]
    ]


def test_with_score_neither_hidden_checks_nor_metrics_are_listed_and_the_points_stay(sample: Report) -> None:
    full, shown = view(sample, "candidate").report, view(sample, "candidate", Feedback.SCORE)
    assert hidden(shown.report) == []
    assert (shown.report.metrics, shown.bands) == ((), ())
    assert (shown.report.points, shown.report.status) == (full.points, full.status)


def test_the_challenge_sets_the_feedback_and_staff_see_everything(samples: Samples) -> None:
    report = samples["several-failures"]()
    strict = dataclasses.replace(
        report, challenge=dataclasses.replace(report.challenge, feedback=Feedback.SCORE)
    )
    assert hidden(view(strict, "candidate").report) == []
    assert hidden(view(strict, "candidate", Feedback.FULL).report)
    assert view(strict, "staff", Feedback.SCORE).report.checks == view(report, "staff").report.checks
