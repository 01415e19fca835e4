from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from junitparser import JUnitXml

from grader.model import Report, Verdict
from grader.report import render

Samples = Mapping[str, Callable[[], Report]]
ENDINGS = {"failure", "error"}


def parsed(report: Report, audience: Any = "candidate") -> ElementTree.Element:
    return ElementTree.fromstring(render(report, "junit", audience))


@pytest.mark.parametrize("audience", ["candidate", "staff"])
def test_the_structure_is_what_readers_expect(sample: Report, audience: Any) -> None:
    """The order and attributes that the Jenkins schema, GitLab and GitHub's reporters have in common."""
    root = parsed(sample, audience)
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        assert {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"} <= set(suite.attrib)
        cases = suite.findall("testcase")
        assert [child.tag for child in suite] == ["properties"] + ["testcase"] * len(cases)
        assert int(suite.attrib["tests"]) == len(cases)
        for tag, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.attrib[count]) == len(suite.findall(f"testcase/{tag}"))
        for case in cases:
            assert {"name", "classname"} <= set(case.attrib)
            assert {child.tag for child in case} <= ENDINGS | {"system-out"}
            assert all({"message", "type"} <= set(child.attrib) for child in case if child.tag in ENDINGS)
    assert int(root.attrib["tests"]) == len(root.findall("*/testcase"))
    assert len(list(JUnitXml.fromstring(render(sample, "junit", audience).encode()))) == len(root)


def test_no_case_is_dropped_as_a_duplicate_and_classnames_are_suites(sample: Report) -> None:
    root = parsed(sample)
    for suite in root:
        assert {case.attrib["classname"] for case in suite.findall("testcase")} == {suite.attrib["name"]}
    cases = [(case.attrib["classname"], case.attrib["name"]) for case in root.findall("*/testcase")]
    assert len(set(cases)) == len(cases)


def test_only_a_passed_check_looks_passed(sample: Report) -> None:
    root = parsed(sample, "staff")
    slug = sample.challenge.slug
    for suite in ("hidden", "visible"):
        expected = [one.outcome.verdict for one in sample.checks if one.check.suite == suite]
        cases = root.findall(f"testsuite[@name='{slug}.{suite}']/testcase")
        endings = {Verdict.PASSED: set[str](), Verdict.FAILED: {"failure"}}
        assert [{child.tag for child in case} for case in cases] == [
            endings.get(verdict, {"error"}) for verdict in expected
        ]


def test_an_infrastructure_failure_is_an_error_without_points(samples: Samples) -> None:
    root = parsed(samples["infrastructure"]())
    (case,) = root.findall("testsuite[@name='f1-by-hand.submission']/testcase")
    error = case.find("error")
    assert error is not None
    assert error.attrib["type"] == "infrastructure"
    assert "points" not in {one.attrib["name"] for one in root.findall(".//property")}


def test_metrics_are_cases_and_only_staff_see_their_values(samples: Samples) -> None:
    report = samples["metrics-below"]()
    candidate, staff = render(report, "junit", "candidate"), render(report, "junit", "staff")
    assert "0.75004" in staff
    assert "0.75004" not in candidate
    suite = parsed(report).find("testsuite[@name='impute-missing.metrics']")
    assert suite is not None
    assert [case.find("failure") is not None for case in suite.findall("testcase")] == [True, True]


def test_a_failed_exploratory_cell_does_not_turn_a_pass_red(samples: Samples) -> None:
    root = parsed(samples["notebook"]())
    assert (root.attrib["failures"], root.attrib["errors"]) == ("0", "0")
    assert "scores.csv" in (root.findtext(".//system-out") or "")


def test_cases_with_the_same_title_get_names_of_their_own(samples: Samples) -> None:
    names = [case.attrib["name"] for case in parsed(samples["all-passed"]()).findall("*/testcase")]
    assert [name for name in names if name.startswith("Averages")] == [
        f"Averages over the classes follow their definitions. [{number}]" for number in (1, 2, 3)
    ]


def test_different_checks_with_the_same_title_are_told_apart(samples: Samples) -> None:
    report = samples["sixty-checks"]()
    checks = tuple(replace(one, check=replace(one.check, title="Same.")) for one in report.checks[:3])
    names = [case.attrib["name"] for case in parsed(replace(report, checks=checks)).findall("*/testcase")]
    assert names == ["Same.", "Same. (2)", "Same. (3)"]


def test_hostile_text_leaves_no_workflow_command(samples: Samples) -> None:
    text = render(samples["hostile"](), "junit", "staff")
    assert "##vso[" not in text
    assert not any(line.strip().startswith("::") for line in text.split("\n"))
