from __future__ import annotations

from pathlib import Path

import pytest
from tests_records import report

from grader.kit.selection import (
    Choice,
    NothingSelected,
    Selection,
    all_passed,
    named,
    part,
    remember_failures,
    remembered_failures,
)
from grader.model import Check, Status
from grader.store import Store

VISIBLE = [Check(f"visible/test_a.py::test_{n}", f"test_{n}", n, suite="visible") for n in ("one[1]", "two")]
HIDDEN = [Check(f"hidden/test_b.py::test_{n}", f"test_{n}", n) for n in ("one", "three")]
CHECKS = [*VISIBLE, *HIDDEN]


def names(selection: Selection) -> list[str]:
    return [check.id for check in selection(CHECKS)]


def test_without_a_wish_all_are_selected() -> None:
    assert names(Selection()) == [check.id for check in CHECKS]


def test_only_visible_ones() -> None:
    assert names(Selection(visible_only=True)) == [check.id for check in VISIBLE]


def test_by_name_in_both_suites() -> None:
    assert names(Selection(only="one")) == [VISIBLE[0].id, HIDDEN[0].id]


def test_only_those_that_failed() -> None:
    assert names(Selection(failed=frozenset([HIDDEN[1].id]))) == [HIDDEN[1].id]


@pytest.mark.parametrize("failed", [frozenset(), frozenset(["hidden/test_gone.py::test_it"])])
def test_if_none_failed_all_run(failed: frozenset[str]) -> None:
    assert len(names(Selection(failed=failed))) == 4


def test_an_unknown_name_is_an_error_that_names_visible_checks_and_no_hidden_one() -> None:
    with pytest.raises(NothingSelected, match="no check has a name like 'four'") as caught:
        names(Selection(only="four"))
    assert "test_one, test_two" in str(caught.value)
    assert "three" not in str(caught.value)


def test_a_challenge_without_visible_checks_says_so() -> None:
    with pytest.raises(NothingSelected, match="no visible checks"):
        Selection(visible_only=True)(HIDDEN)


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("ONE", True),
        ("test_one[1]", True),
        ("*one*", True),
        ("one*", False),
        ("test_?ne[1]", True),
        ("o?e", False),
    ],
)
def test_a_name_is_part_of_it_or_a_pattern_of_the_whole(pattern: str, matches: bool) -> None:
    assert named(VISIBLE[0], pattern) is matches


def test_a_choice_knows_what_was_left_out() -> None:
    choice = Choice(Selection(only="two"))
    choice(CHECKS)
    assert (choice.ran, choice.left_out) == ((VISIBLE[1].id,), 3)


def test_a_part_is_never_a_pass() -> None:
    whole = report(passed=4, error=0.5)
    assert whole.status is Status.PASSED
    some = part(whole, [whole.checks[0].check.id])
    assert some.status is Status.FAILED
    assert len(some.checks) == 1
    assert some.metrics == ()
    assert all_passed(some)
    assert not all_passed(part(whole, []))
    assert part(report(infrastructure="gone"), []).status is Status.INFRASTRUCTURE


def test_failures_are_remembered_and_those_of_checks_that_did_not_run_stay(tmp_path: Path) -> None:
    first = report(passed=1)
    ids = [result.check.id for result in first.checks]
    with Store(tmp_path) as store:
        assert remembered_failures(store, "f1-by-hand") == frozenset()
        remember_failures(store, first, ids)
        assert remembered_failures(store, "f1-by-hand") == frozenset(ids[1:])
        remember_failures(store, report(passed=4), ids[:2])
        assert remembered_failures(store, "f1-by-hand") == frozenset(ids[2:])
        remember_failures(store, report(infrastructure="gone"), ids)
        assert remembered_failures(store, "f1-by-hand") == frozenset(ids[2:])
        assert remembered_failures(store, "one-hot") == frozenset()
