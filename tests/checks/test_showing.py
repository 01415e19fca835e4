"""Values as bounded text, with the cells that differ marked."""

from __future__ import annotations

import tracemalloc
import weakref
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checks import close, equal
from grader.checks.kinds import Mismatch
from grader.checks.recorder import Recorder
from grader.checks.showing import GIVEN, RETURNED, arguments, compared, result, size
from grader.model import ValueShown

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=200)
    | st.binary(max_size=100)
)
ARRAYS = hnp.arrays(
    st.sampled_from([np.float64, np.int64, np.bool_, np.dtype("U5"), np.dtype("M8[s]")]),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=12),
)
PLAIN = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=12)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=70) | st.integers(), inner, max_size=10)
    ),
    max_leaves=12,
)


def mismatch(actual: Any, expected: Any, *, exact: bool = False) -> tuple[ValueShown, ValueShown]:
    """The one pair of values that a failed comparison shows."""
    with pytest.raises(Mismatch) as caught:
        (equal if exact else close)(actual, expected)
    ours, theirs = compared(caught.value.actual, caught.value.expected, caught.value.same)
    assert len(ours) == len(theirs) == 1
    return ours[0], theirs[0]


@settings(max_examples=300)
@given(PLAIN)
def test_any_value_is_shown_within_its_bounds(value: Any) -> None:
    assert sum(map(size, arguments([value], {"b": value}))) <= GIVEN
    parts = result(value)
    assert sum(map(size, parts)) <= RETURNED
    for part in parts:
        assert len(part.cells) <= 8
        assert all(len(row) <= 8 for row in part.cells)
        assert all(len(cell) <= 60 for row in part.cells for cell in row)
        assert not part.columns or len(part.columns) == len(part.cells[0])
        assert not part.index or len(part.index) == len(part.cells)


@settings(max_examples=200)
@given(PLAIN, PLAIN)
def test_any_two_values_can_be_compared_for_showing(actual: Any, expected: Any) -> None:
    try:
        equal(actual, expected)
    except Mismatch as error:
        ours, theirs = compared(error.actual, error.expected, error.same)
        assert sum(map(size, ours)) <= RETURNED
        assert sum(map(size, theirs)) <= RETURNED
        for value in ours:
            assert all(i < len(value.cells) and j < len(value.cells[0]) for i, j in value.marked)


def test_a_large_value_costs_no_more_than_a_small_one() -> None:
    shown = arguments([np.zeros((1000, 1000)), "x" * 1_000_000, list(range(1_000_000)), 10**5000], {})
    assert shown[0].left_out == (992, 992)
    assert shown[2].kind == "a list of 1000000"
    assert sum(map(size, shown)) <= GIVEN


def test_many_arguments_are_counted() -> None:
    assert arguments(list(range(12)), {})[-1] == ValueShown("...", "4 more")


def test_the_cells_of_an_array_that_differ_are_marked() -> None:
    expected = np.arange(6.0).reshape(2, 3)
    actual = expected.copy()
    actual[1, 2] = 9.0
    ours, theirs = mismatch(actual, expected)
    assert ours.marked == ((1, 2),)
    assert (ours.cells[1][2], theirs.cells[1][2]) == ("9.0", "5.0")
    assert theirs.marked == ()


def test_what_is_within_the_tolerance_is_not_marked() -> None:
    ours, _ = mismatch(np.array([1.0 + 1e-12, 2.0, 3.5]), np.array([1.0, 2.0, 3.0]))
    assert ours.marked == ((0, 2),)


def test_a_difference_far_down_is_what_is_shown() -> None:
    expected = np.zeros((500, 40))
    actual = expected.copy()
    actual[417, 33] = 1.0
    ours, theirs = mismatch(actual, expected)
    ((row, column),) = ours.marked
    assert (ours.index[row], ours.columns[column]) == ("417", "33")
    assert ours.index == theirs.index


def test_of_an_array_with_many_axes_the_part_that_differs_is_shown() -> None:
    expected = np.zeros((3, 4, 2, 2))
    actual = expected.copy()
    actual[2, 1, 0, 1] = 1.0
    ours, _ = mismatch(actual, expected)
    assert ours.kind == "a float array of shape (3, 4, 2, 2), at [2, 1]"
    assert ours.marked == ((0, 1),)


def test_numbers_that_look_the_same_are_told_apart() -> None:
    ours, theirs = mismatch(np.array([0.1 + 0.2]), np.array([0.3000001]))
    assert ours.cells != theirs.cells
    one, other = mismatch(0.1 + 0.2, 0.3, exact=True)
    assert one.value == "0.30000000000000004"
    assert other.value == "0.3"


def test_whole_floats_do_not_look_like_ints() -> None:
    ours, theirs = mismatch([1.0, 2.0], [1, 2], exact=True)
    assert ours.cells == (("1.0", "2.0"),)
    assert theirs.cells == (("1", "2"),)
    assert ours.marked == ((0, 0), (0, 1))


def test_where_shapes_differ_nothing_is_marked() -> None:
    ours, theirs = mismatch(np.zeros(3), np.zeros(4))
    assert ours.marked == ()
    assert (ours.kind, theirs.kind) == ("a float array of shape (3,)", "a float array of shape (4,)")


def test_the_cells_of_a_table_that_differ_are_marked_by_name() -> None:
    expected = pd.DataFrame({"mass": [1.0, np.nan, 3.0], "sex": ["m", None, "f"]}, index=[5, 6, 7])
    actual = expected.copy()
    actual.loc[7, "mass"] = 4.0
    actual.loc[5, "sex"] = "f"
    ours, _ = mismatch(actual, expected, exact=True)
    assert ours.columns == ("mass", "sex")
    assert ours.index == ("5", "6", "7")
    assert ours.marked == ((0, 1), (2, 0))


def test_a_series_and_a_dict_have_their_labels() -> None:
    ours, _ = mismatch(pd.Series([1.0, 2.0], index=["a", "b"]), pd.Series([1.0, 3.0], index=["a", "b"]))
    assert (ours.columns, ours.marked) == (("a", "b"), ((0, 1),))
    ours, _ = mismatch({"tpr": 0.5, "fpr": 0.1}, {"tpr": 0.5, "fpr": 0.2})
    assert (ours.columns, ours.marked) == (("tpr", "fpr"), ((0, 1),))


def test_a_tuple_of_arrays_is_shown_array_by_array() -> None:
    expected = (np.zeros(2), np.ones(2))
    with pytest.raises(Mismatch) as caught:
        close((np.zeros(2), np.array([1.0, 2.0])), expected)
    ours, _ = compared(caught.value.actual, caught.value.expected, caught.value.same)
    assert [(value.name, value.marked) for value in ours] == [("[0]", ()), ("[1]", ((0, 1),))]


def test_arguments_are_shown_as_they_were_when_the_call_was_made() -> None:
    recorder, given = Recorder(), np.zeros(2)
    with recorder.watch({"op": "call", "function": "fit"}, "", (given,), {}) as call:
        call.answered(None, 0)
    given[:] = 7.0
    (shown,) = recorder.shown(None, {"fit": ("X",)})
    assert shown.given[0].name == "X"
    assert shown.given[0].cells == (("0.0", "0.0"),)


def test_nothing_of_a_value_but_its_type_is_asked() -> None:
    class Trap:
        def __getattribute__(self, name: str) -> Any:
            raise AssertionError(f"{name} was read")

    shown = arguments([Trap(), [Trap()]], {})
    assert [value.kind for value in shown] == ["a Trap", "a list of 1"]


def test_a_large_answer_is_not_kept_for_being_shown() -> None:
    recorder, answer = Recorder(), np.zeros(3 << 20)
    known = weakref.ref(answer)
    with recorder.watch({"op": "call", "function": "fit"}, "", (), {}) as call:
        call.answered(answer, answer.nbytes)
    del answer
    assert known() is None
    (shown,) = recorder.shown(None, {})
    assert shown.returned[0].left_out == (0, (3 << 20) - 8)


def test_the_first_difference_of_a_large_array_takes_little_memory_to_find() -> None:
    expected = np.zeros(4 << 20)
    tracemalloc.start()
    try:
        ours, _ = mismatch(expected + 1.0, expected)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert ours.marked
    assert peak < 12 * expected.nbytes  # the comparison itself takes most of it
