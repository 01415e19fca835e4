"""Comparators refuse every answer that fools a weaker comparison."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checks import (
    array,
    between,
    boolean,
    close,
    equal,
    frame,
    holds,
    integer,
    labels_match,
    number,
    raises,
    same_rows,
    series,
    text,
)
from grader.checks.candidate import CandidateError, Handle, error_from

VECTOR = np.array([1.0, 2.0, 3.0])
TABLE = pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}, index=[10, 20])
FINITE = st.floats(min_value=-1e6, max_value=1e6)
Comparator = Callable[..., Any]


class Agreeable(float):
    """A number that equals, and is as near as it is told, to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0

    def __sub__(self, other: Any) -> Any:
        return 0.0

    __rsub__ = __sub__


class AgreeableArray(np.ndarray):
    def __eq__(self, other: object) -> Any:
        return np.ones(self.shape, dtype=bool)


FOOLS_OF_A_VECTOR = {
    "a scalar": 2.0,
    "a list": [1.0, 2.0, 3.0],
    "none": None,
    "shape (0, 1)": np.empty((0, 1)),
    "shape (0,)": np.empty(0),
    "shape (1,)": np.array([2.0]),
    "shape (1, 3)": VECTOR[None],
    "shape (3, 1)": VECTOR[:, None],
    "0-d": np.array(2.0),
    "nan": np.full(3, np.nan),
    "one nan": np.array([1.0, np.nan, 3.0]),
    "infinity": np.full(3, np.inf),
    "objects": np.array([1.0, 2.0, 3.0], dtype=object),
    "objects that agree": np.array([Agreeable(), Agreeable(), Agreeable()], dtype=object),
    "complex": VECTOR.astype(complex),
    "strings": np.array(["1.0", "2.0", "3.0"]),
    "bools": np.array([True, True, True]),
    "times": np.array([1, 2, 3], dtype="m8[s]"),
    "masked": np.ma.masked_array(VECTOR, mask=True),
    "matrix": np.array([1.0, 2.0, 3.0]).view(AgreeableArray),
    "a series": pd.Series(VECTOR),
    "a structured array": np.zeros(3, dtype=[("a", "f8")]),
}


@pytest.mark.parametrize("comparator", [close, equal, same_rows])
@pytest.mark.parametrize("fool", FOOLS_OF_A_VECTOR.values(), ids=FOOLS_OF_A_VECTOR.keys())
def test_a_vector_is_matched_by_a_vector_only(comparator: Comparator, fool: Any) -> None:
    comparator(VECTOR.copy(), VECTOR)
    with pytest.raises(AssertionError):
        comparator(fool, VECTOR)


@pytest.mark.parametrize("fool", FOOLS_OF_A_VECTOR.values(), ids=FOOLS_OF_A_VECTOR.keys())
def test_array_takes_what_was_asked_for_only(fool: Any) -> None:
    assert array(VECTOR, shape=(3,)) is VECTOR
    with pytest.raises(AssertionError):
        array(fool, shape=(3,))


@pytest.mark.parametrize("length", [(3,), (None,)])
def test_array_may_leave_a_length_open_but_not_the_number_of_axes(length: tuple[int | None]) -> None:
    array(VECTOR, shape=length)
    with pytest.raises(AssertionError, match="shape"):
        array(np.zeros((3, 3)), shape=length)


@pytest.mark.parametrize(
    ("dtype", "good", "bad"),
    [
        ("float", np.zeros(2), np.zeros(2, dtype=int)),
        ("int", np.zeros(2, dtype=np.uint8), np.zeros(2)),
        ("int", np.zeros(2, dtype=int), np.zeros(2, dtype=bool)),
        ("bool", np.zeros(2, dtype=bool), np.zeros(2, dtype=int)),
        ("str", np.array(["a", "b"]), np.array(["a", "b"], dtype=object)),
        ("number", np.zeros(2, dtype=int), np.zeros(2, dtype=complex)),
    ],
)
def test_array_asks_for_the_dtype_family(dtype: Any, good: Any, bad: Any) -> None:
    array(good, shape=(2,), dtype=dtype)
    with pytest.raises(AssertionError, match="dtype family"):
        array(bad, shape=(2,), dtype=dtype)


def test_array_lets_nan_through_only_when_told() -> None:
    values = np.array([1.0, np.nan])
    array(values, shape=(2,), finite=False)
    with pytest.raises(AssertionError, match="nan at \\[1\\]"):
        array(values, shape=(2,))


FOOLS_OF_A_NUMBER = {
    "true": True,
    "numpy true": np.True_,
    "complex": 1 + 0j,
    "numpy complex": np.complex128(1),
    "0-d array": np.array(1.0),
    "one entry": np.array([1.0]),
    "a list": [1.0],
    "text": "1.0",
    "none": None,
    "nan": float("nan"),
    "infinity": float("inf"),
    "agreeable": Agreeable(7.0),
    "a time": np.timedelta64(1, "s"),
    "missing": pd.NA,
    "huge": 10**400,
}


@pytest.mark.parametrize("fool", FOOLS_OF_A_NUMBER.values(), ids=FOOLS_OF_A_NUMBER.keys())
@pytest.mark.parametrize(
    "comparator",
    [lambda x: close(x, 1.0), lambda x: equal(x, 1.0), number, lambda x: between(x, 0, 1)],
    ids=["close", "equal", "number", "between"],
)
def test_a_number_is_matched_by_a_finite_number_only(comparator: Comparator, fool: Any) -> None:
    for right in (1.0, 1, np.float64(1), np.float32(1), np.int8(1)):
        comparator(right)
    with pytest.raises(AssertionError):
        comparator(fool)


@pytest.mark.parametrize("fool", [1.0, True, np.True_, "1", np.array(1), None, 1 + 0j, np.float64(1)])
def test_an_integer_is_matched_by_an_integer_only(fool: Any) -> None:
    equal(np.int32(1), 1)
    assert integer(np.int32(1)) == 1
    with pytest.raises(AssertionError):
        equal(fool, 1)
    with pytest.raises(AssertionError):
        integer(fool)


@pytest.mark.parametrize("fool", [1, 0, 1.0, "True", None, np.array(True), np.array([True])])
def test_a_bool_is_matched_by_a_bool_only(fool: Any) -> None:
    equal(np.True_, True)
    assert boolean(np.True_) is True
    for refuse in (lambda: equal(fool, True), lambda: boolean(fool), lambda: holds(fool, "must hold")):
        with pytest.raises(AssertionError):
            refuse()


@pytest.mark.parametrize("fool", [b"a", ["a"], None, np.array("a"), 1])
def test_a_text_is_matched_by_a_text_only(fool: Any) -> None:
    equal(np.str_("a"), "a")
    assert text("a") == "a"
    with pytest.raises(AssertionError):
        equal(fool, "a")
    with pytest.raises(AssertionError):
        text(fool)


def test_between_includes_its_ends_and_nothing_beyond() -> None:
    assert between(1, 0, 1) == 1.0
    with pytest.raises(AssertionError, match="from 0 to 1"):
        between(1.0000001, 0, 1)


def test_negative_zero_is_zero() -> None:
    close(-0.0, 0.0)
    equal(-0.0, 0.0)
    close(np.array([-0.0]), np.array([0.0]))
    same_rows(np.array([[-0.0, 1.0]]), np.array([[0.0, 1.0]]))


def test_infinities_match_in_place_and_sign() -> None:
    close(np.array([np.inf, -np.inf]), np.array([np.inf, -np.inf]))
    for wrong in ([np.inf, np.inf], [np.inf, 0.0], [np.nan, -np.inf]):
        with pytest.raises(AssertionError):
            close(np.array(wrong), np.array([np.inf, -np.inf]), rtol=1.0)
    with pytest.raises(AssertionError):
        close(1e308, float("inf"))


def test_nan_matches_nan_in_its_place_and_only_when_asked_for() -> None:
    hole = np.array([1.0, np.nan])
    close(hole, hole, nan=True)
    equal(hole, hole)
    with pytest.raises(ValueError, match="nan=True"):
        close(hole, hole)
    for wrong in ([np.nan, 1.0], [np.nan, np.nan], [1.0, 1.0]):
        with pytest.raises(AssertionError):
            close(np.array(wrong), hole, nan=True)


@pytest.mark.parametrize("tolerance", [{"rtol": -1.0}, {"atol": float("nan")}, {"rtol": float("inf")}])
def test_a_tolerance_that_makes_no_sense_is_the_authors_error(tolerance: Any) -> None:
    with pytest.raises(ValueError, match="tolerances"):
        close(1.0, 1.0, **tolerance)


def test_unsigned_differences_do_not_wrap() -> None:
    with pytest.raises(AssertionError):
        close(np.array([0], dtype=np.uint8), np.array([255], dtype=np.uint8), atol=2)


def test_lists_match_lists_and_tuples_of_their_length_in_close_and_their_kind_in_equal() -> None:
    close((1.0, [2.0]), [1.0, (2.0,)])
    equal((1, [2, "a"]), (1, [2, "a"]))
    for wrong in ([1.0], [1.0, 2.0, 3.0], np.array([1.0, 2.0]), {0: 1.0, 1: 2.0}, [1.0, [2.0]], [1.0, True]):
        with pytest.raises(AssertionError):
            close(wrong, [1.0, 2.0])
    with pytest.raises(AssertionError):
        equal([1, 2], (1, 2))


def test_dicts_match_by_key_and_tell_true_from_one() -> None:
    close({"a": 1.0, "b": [2.0]}, {"b": [2.0], "a": 1.0})
    pairs = [("a", 1.0), ("b", 2.0)]
    for wrong in ({"a": 1.0}, {"a": 1.0, "b": 2.0, "c": 3.0}, {"a": 1.0, "c": 2.0}, pairs):
        with pytest.raises(AssertionError):
            close(wrong, {"a": 1.0, "b": 2.0})
    with pytest.raises(AssertionError):
        equal({True: "x"}, {1: "x"})
    with pytest.raises(AssertionError):
        equal({1.0}, {1})
    equal({1, "a", (2, 3)}, {(2, 3), "a", 1})


@pytest.mark.parametrize(
    "wrong", [np.array(["a", "c"]), np.array(["a", "b"], dtype=object), np.array([b"a", b"b"]), ["a", "b"]]
)
def test_text_arrays_are_compared_as_text(wrong: Any) -> None:
    equal(np.array(["a", "b"], dtype="U9"), np.array(["a", "b"]))
    with pytest.raises(AssertionError):
        equal(wrong, np.array(["a", "b"]))


def test_equal_tells_integer_arrays_from_float_and_bool_ones() -> None:
    equal(np.array([0, 1], dtype=np.uint8), np.array([0, 1]))
    for wrong in (np.array([0.0, 1.0]), np.array([False, True])):
        with pytest.raises(AssertionError):
            equal(wrong, np.array([0, 1]))
    with pytest.raises(AssertionError):
        equal(np.array([0, 1]), np.array([False, True]))


def test_an_expected_value_that_cannot_be_compared_is_the_authors_error() -> None:
    for senseless in (np.array([None, 1]), object(), np.zeros(1, dtype=[("a", "f8")])):
        with pytest.raises(TypeError):
            equal(senseless, senseless)


def test_labels_match_up_to_renaming() -> None:
    truth = np.array([0, 0, 1, 1, 2])
    labels_match(np.array([5, 5, 0, 0, -1]), truth)
    for wrong in ([0, 0, 0, 0, 0], [0, 1, 2, 3, 4], [0, 0, 1, 2, 2], [0, 1, 1, 0, 2], [0, 0, 1, 1, 1]):
        with pytest.raises(AssertionError, match="partition"):
            labels_match(np.array(wrong), truth)
    fools = [truth.astype(kind) for kind in (float, object, str, bool)]
    fools += [truth[:, None], truth[:4], np.full(5, np.nan), np.empty((0, 1), dtype=int)]
    for fool in [*fools, truth.tolist(), 0]:
        with pytest.raises(AssertionError):
            labels_match(fool, truth)


def test_same_rows_counts_each_row() -> None:
    rows = np.array([[1, 2], [1, 2], [3, 4]])
    same_rows(rows[[2, 0, 1]], rows)
    for wrong in (rows[[0, 2, 2]], rows[:, ::-1], rows.astype(float), rows[:2], rows.tolist(), rows.ravel()):
        with pytest.raises(AssertionError):
            same_rows(wrong, rows)
    same_rows(np.array([[np.nan, 1.0], [2.0, 3.0]]), np.array([[2.0, 3.0], [np.nan, 1.0]]))


def _changed(**columns: Any) -> pd.DataFrame:
    return TABLE.assign(**columns)


WRONG_TABLES = {
    "no frame": TABLE["a"],
    "a dict": {"a": [1.0, 2.0], "b": ["x", "y"]},
    "column order": TABLE[["b", "a"]],
    "column missing": TABLE[["a"]],
    "duplicate columns": TABLE[["a", "a"]],
    "other name": TABLE.rename(columns={"b": "c"}),
    "index order": TABLE.iloc[::-1],
    "index reset": TABLE.reset_index(drop=True),
    "index as text": TABLE.set_index(pd.Index(["10", "20"])),
    "index as floats": TABLE.set_index(pd.Index([10.0, 20.0])),
    "index as bools": TABLE.set_index(pd.Index([True, False])),
    "two levels": TABLE.set_index(pd.MultiIndex.from_tuples([(10, 1), (20, 1)])),
    "a row more": pd.concat([TABLE, TABLE.iloc[:1]]),
    "objects": _changed(a=TABLE["a"].astype(object)),
    "integers": _changed(a=[1, 2]),
    "complex": _changed(a=TABLE["a"].astype(complex)),
    "text": _changed(a=["1.0", "2.0"]),
    "categories": _changed(b=TABLE["b"].astype("category")),
}


@pytest.mark.parametrize("wrong", WRONG_TABLES.values(), ids=WRONG_TABLES.keys())
def test_frame_and_equal_refuse_another_kind_of_table(wrong: Any) -> None:
    assert frame(TABLE.copy(), like=TABLE) is not TABLE
    close(TABLE.copy(), TABLE)
    equal(TABLE.copy(), TABLE)
    with pytest.raises(AssertionError):
        frame(wrong, like=TABLE)
    with pytest.raises(AssertionError):
        equal(wrong, TABLE)


def test_duplicate_columns_are_refused_even_where_the_expected_table_has_them() -> None:
    twice = TABLE[["a", "a"]]
    with pytest.raises(AssertionError, match="duplicates"):
        frame(twice, like=twice)


@pytest.mark.parametrize(
    "wrong",
    [
        pd.Series([1.0, 2.0]),
        pd.Series([2.0, 1.0], index=[20, 10]),
        pd.Series([1.0], index=[10]),
        pd.Series([1.0, 2.0], index=[10, 20], dtype=object),
        pd.Series([True, True], index=[10, 20]),
        np.array([1.0, 2.0]),
        [1.0, 2.0],
        TABLE[["a"]],
    ],
)
def test_a_series_is_matched_by_the_same_labels_and_family_only(wrong: Any) -> None:
    right = TABLE["a"].rename("other name")
    assert series(right, like=TABLE["a"]) is right
    close(right, TABLE["a"])
    with pytest.raises(AssertionError):
        series(wrong, like=TABLE["a"])
    with pytest.raises(AssertionError):
        close(wrong, TABLE["a"])


def test_values_of_tables_are_compared_after_their_labels() -> None:
    with pytest.raises(AssertionError, match="'a'"):
        close(_changed(a=[1.0, 2.1]), TABLE)
    with pytest.raises(AssertionError, match="'b'"):
        close(_changed(b=["x", "z"]), TABLE)
    with pytest.raises(AssertionError):
        close(_changed(a=[1.0, np.nan]), TABLE)
    equal(pd.Index(["x", "y"]), pd.Index(["x", "y"], dtype=object))
    with pytest.raises(AssertionError, match="label 1"):
        equal(pd.Index([1, 2]), pd.Index([1, 3]))


def test_every_way_to_hold_text_is_one_dtype() -> None:
    frame(_changed(b=pd.Series(["x", None], index=[10, 20], dtype=object)), like=TABLE)
    with pytest.raises(AssertionError):
        frame(_changed(b=pd.Series(["x", 1], index=[10, 20], dtype=object)), like=TABLE)


def _error(name: str) -> CandidateError:
    """An error as it arrives from the sandbox."""
    return error_from({"classes": [name, "Exception"], "text": "k is negative", "lines": []})


def test_raises_takes_the_candidates_error_of_the_type() -> None:
    with raises(None, ValueError):
        raise _error("ValueError")


def test_raises_fails_when_nothing_or_another_type_is_raised() -> None:
    with pytest.raises(AssertionError, match="nothing was raised"), raises(None, ValueError):
        pass
    with pytest.raises(AssertionError, match="expected KeyError"), raises(None, KeyError):
        raise _error("ValueError")


def test_raises_lets_an_error_of_the_check_through() -> None:
    with pytest.raises(ValueError, match="the check"), raises(None, ValueError):
        raise ValueError("the check's own")


def test_a_stub_does_not_pass_for_a_runtime_error() -> None:
    with pytest.raises(AssertionError, match="expected RuntimeError"), raises(None, RuntimeError):
        raise _error("NotImplementedError")


@pytest.mark.parametrize("kind", [Exception, CandidateError])
def test_raises_asks_for_a_type_that_says_something(kind: type[Exception]) -> None:
    with pytest.raises(TypeError, match="any error"):
        raises(None, kind)


def test_an_object_that_stayed_in_the_sandbox_matches_nothing() -> None:
    handle = Handle(None, "1", "Model", 0)  # type: ignore[arg-type]
    for expected in (1.0, 1, "a", True, None, [1], {"a": 1}, VECTOR, TABLE):
        with pytest.raises(AssertionError, match="Handle"):
            equal(handle, expected)
    for comparator in (number, integer, text, boolean):
        with pytest.raises(AssertionError, match="Handle"):
            comparator(handle)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("a" * 20_000_000 + "b", "a" * 20_000_000 + "c"),
        (10**2_000_000, 10**2_000_000 + 1),
        ([0] * 300_000 + [1], [0] * 300_000 + [2]),
        (np.zeros((1000, 1000)), np.ones((1000, 1000))),
        ({"k" * 100_000: 1}, {"l" * 100_000: 1}),
        (pd.DataFrame({"x" * 100_000: [1.0]}), pd.DataFrame({"y" * 100_000: [1.0]})),
    ],
    ids=["text", "integer", "list", "array", "keys", "columns"],
)
def test_a_failure_is_told_quickly_and_in_few_words(actual: Any, expected: Any) -> None:
    start = time.perf_counter()
    with pytest.raises(AssertionError) as caught:
        equal(actual, expected)
    assert time.perf_counter() - start < 5
    assert 0 < len(str(caught.value)) <= 600


def test_a_failure_says_where_the_first_difference_is() -> None:
    place = r"at \['m'\]\[1\]: 1 of 4 entries differ; the first is at \[1, 0\]"
    with pytest.raises(AssertionError, match=place):
        close({"m": [0.0, np.array([[1.0, 2], [3, 4]])]}, {"m": [0.0, np.array([[1.0, 2], [9, 4]])]})


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=5), elements=FINITE))
def test_everything_is_close_and_equal_to_itself(values: Any) -> None:
    close(values.copy(), values)
    equal(values.copy(), values)
    close(values.tolist(), values.tolist())
    same_rows(values.copy(), values)


@settings(max_examples=200)
@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=FINITE), st.data())
def test_one_perturbed_entry_is_found(values: Any, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, values.size - 1))
    change = data.draw(st.sampled_from([1e-3, -1.0, 1e9, np.nan, np.inf, -np.inf]))
    wrong = values.copy()
    wrong.flat[position] += change * max(1.0, abs(wrong.flat[position]))
    for expected, actual in ((values, wrong), (values.tolist(), wrong.tolist())):
        with pytest.raises(AssertionError):
            close(actual, expected)
        with pytest.raises(AssertionError):
            equal(actual, expected)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.permutations(range(5)))
def test_a_renamed_partition_matches(labels: list[int], names: list[int]) -> None:
    labels_match(np.array([names[label] for label in labels]), np.array(labels))


@given(hnp.arrays(np.int64, (6, 2), elements=st.integers(0, 2)), st.permutations(range(6)))
def test_permuted_rows_are_the_same_rows(rows: Any, order: list[int]) -> None:
    same_rows(rows[order], rows)
