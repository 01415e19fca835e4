"""A failed visible check shows what the submission was given and what it answered; a hidden one never does."""

from __future__ import annotations

import json

from grader.model import CallShown, Report, Verdict
from grader.report import render

HIDDEN = '''
from grader.checks import equal

def test_hidden(candidate):
    """Large numbers are added."""
    equal(candidate.add(20_001, 30_001), 50_002)
'''
WRONG = "def add(a, b):\n    return a - b\n"


def shown(report: Report, suite: str = "visible") -> tuple[CallShown, ...]:
    (result,) = [one for one in report.checks if one.check.suite == suite]
    return result.outcome.calls


def visible(body: str) -> str:
    lines = "\n    ".join(body.splitlines())
    return (
        "import numpy as np\nfrom grader.checks import close, equal, raises\n\n\n"
        f'def test_example(candidate):\n    """The example."""\n    {lines}\n'
    )


def test_a_failed_check_shows_arguments_by_name_and_what_came_back(grade):
    report = grade(
        WRONG, HIDDEN, visible=visible("close(candidate.add(np.array([1, 2]), b=2.0), np.array([3, 5]))")
    )
    (call,) = shown(report)
    assert call.call == "add"
    assert [value.name for value in call.given] == ["a", "b"]
    assert call.given[0].cells == (("1", "2"),)
    assert call.given[1].value == "2.0"
    assert call.returned[0].cells == (("-1.0", "0.0"),)
    assert call.returned[0].marked == ((0, 0), (0, 1))
    assert call.expected[0].cells == (("3", "5"),)


def test_no_report_of_a_hidden_check_has_its_calls(grade):
    report = grade(WRONG, HIDDEN)
    assert shown(report, "hidden") == ()
    for audience in ("candidate", "staff"):
        result = json.loads(render(report, "json", audience))
        assert ["calls" in check for check in result["checks"]] == [False, True]


def test_a_hidden_check_after_a_visible_one_that_ended_the_process_has_no_calls(grade):
    source = "import os\n\ndef add(a, b):\n    os._exit(1)\n"
    report = grade(source, HIDDEN)
    assert shown(report, "hidden") == ()
    (call,) = shown(report)
    assert call.call == "add"
    assert (call.returned, call.raised) == ((), "")


def test_a_check_that_passed_shows_nothing(grade):
    assert shown(grade("def add(a, b):\n    return a + b\n", HIDDEN)) == ()


def test_the_last_three_calls_are_shown(grade):
    report = grade(
        WRONG, HIDDEN, visible=visible("for i in range(6):\n    x = candidate.add(i, 0)\nequal(x, 6)")
    )
    assert [call.given[0].value for call in shown(report)] == ["3", "4", "5"]
    assert [bool(call.expected) for call in shown(report)] == [False, False, True]


def test_an_exception_is_shown_with_the_submissions_own_lines(grade):
    source = "def helper(a):\n    return 1 / a\n\n\ndef add(a, b):\n    return helper(a)\n"
    report = grade(source, HIDDEN, visible=visible("equal(candidate.add(0, 1), 1)"))
    (call,) = shown(report)
    assert call.raised == "ZeroDivisionError: division by zero"
    assert call.lines == ("solution.py:6: return helper(a)", "solution.py:2: return 1 / a")
    outcome = next(one.outcome for one in report.checks if one.check.suite == "visible")
    assert outcome.verdict is Verdict.ERROR
    assert "test_example.py" not in outcome.candidate_text + outcome.staff_text


def test_an_exception_that_does_not_come_shows_the_answer_instead(grade):
    report = grade(
        WRONG, HIDDEN, visible=visible("with raises(candidate, ValueError):\n    candidate.add(5, 2)")
    )
    (call,) = shown(report)
    assert call.returned[0].value == "3"


def test_a_part_of_an_answer_that_was_compared_is_shown_apart(grade):
    report = grade(
        WRONG,
        HIDDEN,
        visible=visible("x = candidate.add(np.array([[1, 2]]), 0)\nequal(x[:, 0], np.array([3]))"),
    )
    call, compared = shown(report)
    assert (call.call, call.expected) == ("add", ())
    assert compared.call == ""
    assert (compared.returned[0].cells, compared.expected[0].cells) == ((("1",),), (("3",),))


def test_methods_and_attributes_are_called_by_the_name_of_their_class(grade):
    source = "class Sum:\n    def plus(self, n):\n        return n\n    total = 3\n\n\ndef add(a, b):\n    return Sum()\n"
    body = "from grader.checks import attribute\ns = candidate.add(1, 2)\ns.plus(4)\nequal(attribute(s, 'total'), 4)"
    report = grade(source, HIDDEN, visible=visible(body))
    made, method, read = shown(report)
    assert made.returned[0].kind == "an object of type Sum that stays in the sandbox"
    assert (method.call, method.given[0].name, method.given[0].value) == ("Sum.plus", "argument 1", "4")
    assert (read.call, read.given, read.returned[0].value) == ("Sum.total", (), "3")
