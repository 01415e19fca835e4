"""Checks that kill many mutants in little time go first, file by file."""

from __future__ import annotations

from grader.model import Check
from grader.proof.mutants.order import Order

QUICK, SLOW = "hidden/test_a.py::test_quick", "hidden/test_a.py::test_slow"
OTHER, SHOWN = "hidden/test_b.py::test_other", "visible/test_c.py::test_shown"
CHECKS = [
    Check(SLOW, "test_slow", "Slow"),
    Check(OTHER, "test_other", "Other"),
    Check(QUICK, "test_quick", "Quick"),
    Check(SHOWN, "test_shown", "Shown", suite="visible"),
]


def ids(order: Order) -> list[str]:
    return [check.id for check in order(CHECKS)]


def test_the_quick_go_first_and_visible_checks_never():
    assert ids(Order({QUICK: 0.01, SLOW: 1.0, OTHER: 0.1})) == [OTHER, QUICK, SLOW]
    assert ids(Order({QUICK: 0.01, SLOW: 1.0, OTHER: 2.0})) == [QUICK, SLOW, OTHER]


def test_a_check_that_kills_goes_first_with_its_file():
    order = Order({QUICK: 0.01, SLOW: 0.1, OTHER: 0.05})
    assert ids(order) == [OTHER, QUICK, SLOW]
    for _ in range(20):
        order.killed(SLOW)
    assert ids(order) == [SLOW, QUICK, OTHER]


def test_a_check_that_the_reference_never_ran_has_its_place():
    assert set(ids(Order({}))) == {QUICK, SLOW, OTHER}
