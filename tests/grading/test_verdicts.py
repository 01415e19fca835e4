"""What ends in which verdict, with which words for the candidate and for staff."""

from __future__ import annotations

import pytest

from grader.errors import ChallengeError
from grader.model import Status, Verdict

ADD = "def add(a, b):\n    return a + b\n"
HEAD = "import pytest\nfrom grader.checks import close, equal, raises, attribute\n"
FIVE = HEAD + 'def test_five(candidate):\n    """Two and three."""\n    equal(candidate.add(2, 3), 5)\n'


def outcome(report, name="test_five"):
    return next(result.outcome for result in report.checks if result.check.name == name)


def test_a_right_answer_passes_with_all_points(grade):
    report = grade(ADD, FIVE)
    assert report.status is Status.PASSED
    assert (report.points, report.points_possible) == (1, 1)
    assert [result.outcome.verdict for result in report.checks] == [Verdict.PASSED] * 2
    assert not report.official  # the process sandbox isolates nothing


def test_a_wrong_answer_fails_and_the_expected_value_is_for_staff_only(grade):
    report = grade("def add(a, b):\n    return a - b\n", FIVE)
    found = outcome(report)
    assert report.status is Status.FAILED
    assert found.verdict is Verdict.FAILED
    assert found.candidate_text == ""
    assert "expected 5, got -1" in found.staff_text
    assert "test_add.py:5: equal(candidate.add(2, 3), 5)" in found.staff_text


def test_a_visible_check_tells_the_candidate_what_was_expected(grade):
    report = grade("def add(a, b):\n    return a - b\n", FIVE)
    assert "expected 2, got 0" in outcome(report, "test_example").candidate_text


def test_an_exception_is_an_error_with_the_candidates_own_lines(grade):
    report = grade("def add(a, b):\n    return a / 0\n", FIVE)
    found = outcome(report)
    assert found.verdict is Verdict.ERROR
    assert found.candidate_text == "ZeroDivisionError: division by zero\n  solution.py:2: return a / 0"


def test_a_slow_answer_is_a_timeout_and_the_checks_after_it_run(grade):
    source = "import time\ndef add(a, b):\n    if a == 2: time.sleep(60)\n    return a + b\n"
    hidden = (
        FIVE + 'def test_six(candidate):\n    """Three and three."""\n    equal(candidate.add(3, 3), 6)\n'
    )
    report = grade(source, hidden)
    assert outcome(report).verdict is Verdict.TIMEOUT
    assert outcome(report).candidate_text == "It took longer than 2 seconds."
    assert outcome(report, "test_six").verdict is Verdict.PASSED


def test_the_deadline_of_one_check_can_be_its_own(grade):
    source = "import time\ndef add(a, b):\n    time.sleep(0.5)\n    return a + b\n"
    hidden = FIVE.replace("def test_five", "@pytest.mark.limits(seconds=0.2)\ndef test_five")
    assert outcome(grade(source, hidden)).verdict is Verdict.TIMEOUT


def test_the_time_of_a_callable_of_the_check_is_not_the_candidates(grade):
    source = "def add(f, b):\n    return f(b)\n"
    hidden = (
        HEAD + "import time\n@pytest.mark.limits(seconds=0.5)\ndef test_five(candidate):\n"
        '    """A slow function."""\n    equal(candidate.add(lambda b: time.sleep(0.8) or b, 3), 3)\n'
    )
    assert outcome(grade(source, hidden)).verdict is Verdict.PASSED


def test_a_process_that_ends_itself_has_crashed(grade):
    report = grade("import os\ndef add(a, b):\n    os._exit(0)\n", FIVE)
    assert outcome(report).verdict is Verdict.CRASHED


def test_too_much_memory_is_told_as_such(grade):
    report = grade("def add(a, b):\n    return len(bytearray(1 << 30))\n", FIVE)
    assert outcome(report).verdict is Verdict.MEMORY


def test_a_check_that_swallows_a_lost_worker_does_not_pass(grade):
    hidden = HEAD + (
        'def test_five(candidate):\n    """Two and three."""\n    try:\n        candidate.add(2, 3)\n'
        "    except BaseException:\n        pass\n"
    )
    report = grade("import os\ndef add(a, b):\n    os._exit(0)\n", hidden)
    assert outcome(report).verdict is Verdict.CRASHED


@pytest.mark.parametrize(
    "ending",
    ["pytest.skip('no')", "pytest.xfail('no')"],
)
def test_a_skipped_check_counts_as_failed(grade, ending):
    hidden = HEAD + f'def test_five(candidate):\n    """Two and three."""\n    {ending}\n'
    assert outcome(grade(ADD, hidden)).verdict is Verdict.FAILED


@pytest.mark.parametrize("mark", ["skip", "xfail(strict=False)", "skipif(True, reason='no')"])
def test_a_check_that_is_marked_away_counts_as_failed(grade, mark):
    hidden = FIVE.replace("def test_five", f"@pytest.mark.{mark}\ndef test_five")
    report = grade("def add(a, b):\n    return None\n", hidden)
    assert outcome(report).verdict is Verdict.FAILED


def test_an_answer_that_a_check_cannot_work_with_is_an_error_without_details(grade):
    hidden = (
        HEAD
        + 'def test_five(candidate):\n    """Two and three."""\n    a, b = candidate.add(2, 3)\n    equal(a, b)\n'
    )
    found = outcome(grade(ADD, hidden))
    assert found.verdict is Verdict.ERROR
    assert "unpack" not in found.candidate_text
    assert "unpack" in found.staff_text


def test_expected_errors_are_seen_and_only_the_candidates_count(grade):
    hidden = HEAD + (
        'def test_raises(candidate):\n    """An error."""\n    with raises(candidate, ValueError): candidate.add("x", 1)\n'
        'def test_own(candidate):\n    """Not an error."""\n    with raises(candidate, ValueError): raise ValueError("own")\n'
    )
    report = grade("def add(a, b):\n    raise ValueError('no text')\n", hidden)
    assert outcome(report, "test_raises").verdict is Verdict.PASSED
    assert outcome(report, "test_own").verdict is Verdict.ERROR


def test_a_syntax_error_is_reported_with_its_line_and_no_check_is_run(grade):
    report = grade("def add(a, b):\n    return a +\n", FIVE)
    assert report.status is Status.FAILED
    assert report.problems[0].kind == "load"
    assert report.problems[0].line == 2
    assert {result.outcome.verdict for result in report.checks} == {Verdict.NOT_RUN}
    assert report.points == 0


def test_a_missing_function_is_named(grade):
    report = grade("def addd(a, b):\n    return a + b\n", FIVE)
    assert [problem.kind for problem in report.problems] == ["missing"]
    assert "add" in report.problems[0].text


def test_a_file_that_never_finishes_loading_costs_one_deadline(grade):
    report = grade("while True: pass\n", FIVE)
    assert report.seconds < 10
    assert report.problems[0].kind == "load"
    assert {result.outcome.verdict for result in report.checks} == {Verdict.TIMEOUT}


def test_a_file_that_exits_while_it_loads_is_told(grade):
    report = grade("import os\nos._exit(0)\n", FIVE)
    assert report.status is Status.FAILED
    assert {result.outcome.verdict for result in report.checks} == {Verdict.CRASHED}
    report = grade("raise SystemExit(0)\n", FIVE)
    assert report.status is Status.FAILED
    assert report.problems[0].kind == "load"


def test_one_seed_gives_one_run_and_another_seed_another(grade):
    hidden = (
        HEAD
        + 'def test_data(candidate, rng):\n    """Data."""\n    equal(candidate.add(int(rng.integers(1 << 60)), 0), 0)\n'
    )
    texts = [outcome(grade(ADD, hidden, seed=seed), "test_data").staff_text for seed in ("1", "1", "2")]
    assert texts[0] == texts[1] != texts[2]


def test_the_data_of_a_check_do_not_depend_on_the_other_checks(grade):
    check = 'def test_{}(candidate, rng):\n    """Data."""\n    equal(candidate.add(int(rng.integers(1 << 60)), 0), 0)\n'
    alone = grade(ADD, HEAD + check.format("b"), seed="1")
    both = grade(ADD, HEAD + check.format("a") + check.format("b"), seed="1")
    assert (
        outcome(alone, "test_b").staff_text.splitlines()[-1]
        == outcome(both, "test_b").staff_text.splitlines()[-1]
    )


def test_shared_candidates_keep_their_objects_and_survive_a_loss(grade):
    source = """
import os
class Box:
    def __init__(self): self.n = 0
    def step(self): self.n += 1; return self.n
def add(a, b):
    if a == 0: os._exit(1)
    return Box()
"""
    hidden = (
        HEAD
        + '''
@pytest.fixture(scope="module")
def box(shared_candidate): return shared_candidate.add(1, 1)
def test_one(box):
    """First."""
    equal(box.step(), 1)
def test_two(box):
    """The same object."""
    equal(box.step(), 2)
def test_three(box, shared_candidate):
    """Ends the process."""
    shared_candidate.add(0, 0)
def test_four(box):
    """A new object."""
    equal(box.step(), 1)
'''
    )
    report = grade(source, hidden)
    verdicts = [outcome(report, f"test_{name}").verdict for name in ("one", "two", "three", "four")]
    assert verdicts == [Verdict.PASSED, Verdict.PASSED, Verdict.CRASHED, Verdict.PASSED]


def test_metrics_are_recorded_and_decide(grade):
    metric = '[[metrics]]\nname = "error"\nlabel = "Error"\nbetter = "lower"\nzero = 10\npassing = 6\nfull = 2\npoints = 4\n'
    hidden = HEAD + (
        'def test_error(candidate, metric):\n    """The error is small."""\n    metric("error", abs(candidate.add(2, 3) - 5))\n'
    )
    for source, points, passed in (("a + b", 5, True), ("a + b + 4", 4, True), ("a + b + 7", 2.5, False)):
        report = grade(f"def add(a, b):\n    return {source}\n", hidden, more=metric)
        assert report.passed is passed
        assert report.points == pytest.approx(points)


@pytest.mark.parametrize(
    ("hidden", "said"),
    [
        ("def test_x(candidate):\n    pass\n", "no docstring"),
        ("import nothing_like_this\n", "nothing_like_this"),
        ('def test_x(candidate, shared_candidate):\n    """T."""\n', "both candidate and shared_candidate"),
        ('import pytest\n@pytest.mark.points("two")\ndef test_x(candidate):\n    """T."""\n', "points"),
    ],
)
def test_a_challenge_whose_checks_are_wrong_is_its_authors_error(grade, hidden, said):
    with pytest.raises(ChallengeError, match=said):
        grade(ADD, hidden)
