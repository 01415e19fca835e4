"""The report as JUnit XML, which GitLab, Jenkins and GitHub's test reporters read.

One test suite for the submission as a whole, one for each suite of checks, one for the metrics. GitLab shows
a case's `classname` as its suite and drops a case whose class and name it has seen, so both are chosen for
that. A check that did not run is an error, since readers count a skipped case as harmless.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from xml.etree import ElementTree

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from grader.model import CheckResult, MetricResult, Problem, Report, Status, Verdict
from grader.report import clean, words
from grader.report.numbers import figure, points
from grader.report.redact import Band, View


def render(view: View) -> str:
    """The view as XML text, for a file in UTF-8."""
    root = JUnitXml(_plain(f"{view.report.challenge.slug}: {view.report.submission}"))
    for suite in _suites(view):
        root.add_testsuite(suite)
    root.update_statistics()  # type: ignore[no-untyped-call]
    ElementTree.indent(root._elem)
    # junitparser takes lxml where it is installed, and that writes no declaration.
    body = root.tostring().decode()  # type: ignore[no-untyped-call]
    body = body.partition("?>")[2].lstrip() if body.startswith("<?xml") else body
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suites(view: View) -> Iterable[TestSuite]:
    report = view.report
    slug = report.challenge.slug
    whole = [_problem_case(problem) for problem in report.problems]
    if report.status is Status.INFRASTRUCTURE:
        whole.insert(0, _infrastructure_case(report.infrastructure))
    if whole:
        yield _suite(report, f"{slug}.submission", whole)
    for name in ("visible", "hidden"):
        if cases := [_check_case(result) for result in report.checks if result.check.suite == name]:
            yield _suite(report, f"{slug}.{name}", cases)
    if metrics := [_metric_case(*pair) for pair in zip(report.metrics, view.bands, strict=True)]:
        yield _suite(report, f"{slug}.metrics", metrics)


def _suite(report: Report, name: str, cases: list[TestCase]) -> TestSuite:
    suite = TestSuite(_plain(name))
    suite.timestamp = report.started[:19]  # the schema has no time zone
    # Properties first: the element must stand before the cases.
    for key, value in _properties(report):
        suite.add_property(key, _plain(value))
    names: set[str] = set()
    for case in cases:
        case.classname = suite.name
        case.name = _unused(str(case.name), names)
        names.add(case.name)
    suite.add_testcases(cases)
    return suite


def _unused(name: str, names: set[str]) -> str:
    numbered = (f"{name} ({number})" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in names)


def _properties(report: Report) -> Iterable[tuple[str, str]]:
    yield "status", report.status.value
    if report.status is not Status.INFRASTRUCTURE:
        yield "points", points(report.points)
        yield "points_possible", points(report.points_possible)
    yield "official", str(report.official).lower()
    yield "challenge_digest", report.challenge.digest
    yield "submission_digest", report.submission_digest
    if report.seed:
        yield "seed", report.seed
    for result in report.metrics:
        if result.value is not None:
            yield f"metric.{result.metric.name}", repr(result.value)


def _check_case(result: CheckResult) -> TestCase:
    check, outcome = result.check, result.outcome
    parameters = check.name.partition("[")[1] + check.name.partition("[")[2]
    case = TestCase(_plain(f"{check.title} {parameters}".strip()), time=round(outcome.seconds, 3))
    if outcome.verdict is Verdict.PASSED:
        return case
    element = Failure if outcome.verdict is Verdict.FAILED else Error
    hint = f"Hint: {check.hint}" if check.hint else ""
    texts = [outcome.candidate_text, hint, outcome.staff_text]
    return _ended(case, element, words.EXPLANATIONS[outcome.verdict], outcome.verdict.value, texts)


def _metric_case(result: MetricResult, band: Band) -> TestCase:
    metric = result.metric
    case = TestCase(_plain(metric.label))
    shown = words.BANDS[band] if result.value is None else figure(result.value, [metric.passing])
    reached = f"{shown}; passing is {words.goal(metric, metric.passing)}"
    if result.passed:
        case.system_out = _plain(reached)
        return case
    return _ended(case, Failure, reached, "metric", [])


def _problem_case(problem: Problem) -> TestCase:
    """A failed exploratory cell is only told of: the submission can be right all the same."""
    titles = {"load": "The submission loads", "missing": "Every name is there", "cell": "A cell failed"}
    where = words.place(problem)
    case = TestCase(_plain(f"{titles[problem.kind]} ({where})" if where else titles[problem.kind]))
    if problem.kind == "cell":
        case.system_out = _plain(problem.text)
        return case
    return _ended(
        case, Error, clean.line(words.what(problem).partition("\n")[0]), problem.kind, [problem.text]
    )


def _infrastructure_case(text: str) -> TestCase:
    message = "The grader failed, so the submission was not judged."
    return _ended(TestCase("The grader works"), Error, message, "infrastructure", [text])


def _ended(
    case: TestCase, element: type[Failure] | type[Error], message: str, kind: str, texts: list[str]
) -> TestCase:
    result = element(_plain(message), kind)
    result.text = _plain("\n\n".join(filter(None, texts)))
    case.result = [result]
    return case


def _plain(text: str) -> str:
    return clean.commands(clean.xml(text))
