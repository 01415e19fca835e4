"""Comparators for checks: kind, shape, dtype family and finiteness before values.

What a candidate returns may be built to fool a comparison: a scalar that broadcasts, an
array of shape (0, 1), NaN, True for 1, an object array, an index that aligns. So each
comparator first asks what the value is, by exact type, and only then what it holds.
A value that does not match is an AssertionError whose text is short; a call that makes
no sense (an object array as `expected`) is the author's and a TypeError or ValueError.
"""

from __future__ import annotations

import math
from collections import Counter
from types import TracebackType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grader.checks.kinds import (
    DEPTH_LIMIT,
    Mismatch,
    fail,
    family_of,
    is_array,
    kind_of,
    pandas_kind,
    scalar_family,
    show,
)
from grader.checks.tables import compare_table, frame, series

__all__ = [
    "array",
    "between",
    "boolean",
    "close",
    "equal",
    "frame",
    "holds",
    "integer",
    "labels_match",
    "number",
    "raises",
    "same_rows",
    "series",
    "text",
]

_NUMERIC = ("int", "float")
_ACCEPTED = {"float": ("float",), "int": ("int",), "bool": ("bool",), "str": ("str",), "number": _NUMERIC}


def close(actual: Any, expected: Any, *, rtol: float = 1e-7, atol: float = 0.0, nan: bool = False) -> None:
    """Numbers within `atol + rtol * |expected|`; whatever is not a number must be equal.

    A number must be a Python or numpy float or int (no bool, complex or 0-d array); an array
    an ndarray of the same shape; a list or tuple a list or tuple of the same length; a dict
    one with the same keys; a Series or DataFrame one with the same index and columns.
    Infinities must match in place and sign. NaN never matches, unless `nan` is true: then
    NaN must stand in the same places. Raises AssertionError.
    """
    if not (0 <= rtol < math.inf and 0 <= atol < math.inf):
        raise ValueError(f"tolerances must be finite and not negative: rtol={rtol}, atol={atol}")
    _Comparison(rtol, atol, nan, exact=False).demand(actual, expected)


def equal(actual: Any, expected: Any) -> None:
    """Exactly the same value and kind: True is not 1, 1.0 is not 1, a list is not a tuple.

    For None, bools, ints, floats, strings, bytes, lists, tuples, sets, dicts, arrays, Index,
    Series and DataFrame. NaN equals NaN, -0.0 equals 0.0, and the width of a dtype is not
    compared. Raises AssertionError.
    """
    _Comparison(0.0, 0.0, nan=True, exact=True).demand(actual, expected)


class _Comparison:
    """One walk through two values; `where` is the path to the pair, such as "[2]['a']"."""

    def __init__(self, rtol: float, atol: float, nan: bool, *, exact: bool) -> None:
        self.rtol, self.atol, self.nan, self.exact = rtol, atol, nan, exact
        self.depth = 0

    def demand(self, actual: Any, expected: Any) -> None:
        """Compare two whole values; a failure tells which, so that they can be shown."""
        try:
            self.compare(actual, expected, "")
        except AssertionError as error:
            raise Mismatch(str(error), actual, expected, self.same) from None

    def same(self, actual: Any, expected: Any) -> bool:
        """Whether two values match."""
        self.depth = 0
        try:
            self.compare(actual, expected, "")
        except AssertionError:
            return False
        return True

    def compare(self, actual: Any, expected: Any, where: str) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise ValueError(f"expected is nested deeper than {DEPTH_LIMIT}")
        if is_array(expected):
            self._arrays(actual, expected, where)
        elif type(expected) in (list, tuple):
            self._sequences(actual, expected, where)
        elif type(expected) is dict:
            self._dicts(actual, expected, where)
        elif type(expected) in (set, frozenset):
            self._sets(actual, expected, where)
        elif scalar_family(expected):
            self._scalars(actual, expected, where)
        elif pandas_kind(expected):
            compare_table(actual, expected, where, self.compare)
        else:
            raise TypeError(f"cannot compare with {kind_of(expected)}; use plain data as expected value")
        self.depth -= 1

    def _scalars(self, actual: Any, expected: Any, where: str) -> None:
        family, wanted = scalar_family(actual), scalar_family(expected)
        if wanted == "float" or (wanted == "int" and not self.exact):
            if family not in _NUMERIC:
                fail(f"{_at(where)}expected a number, got {kind_of(actual)}")
            if family == wanted == "int" and int(actual) == int(expected):
                return
            one, other = np.array([_as_float(actual)]), np.array([_as_float(expected)])
            self._refuse_nan(other)
            if not self._matches(one, other)[0]:
                fail(f"{_at(where)}expected {show(expected)}, got {show(actual)}")
        elif family != wanted:
            fail(f"{_at(where)}expected {kind_of(expected)}, got {kind_of(actual)}")
        elif wanted == "complex":
            if not self._matches(np.array([actual]), np.array([expected]))[0]:
                fail(f"{_at(where)}expected {show(expected)}, got {show(actual)}")
        elif wanted not in ("None", "missing") and not bool(actual == expected):
            both_missing = wanted in ("datetime", "timedelta") and actual != actual and expected != expected
            if not both_missing:
                fail(f"{_at(where)}expected {show(expected)}, got {show(actual)}")

    def _arrays(self, actual: Any, expected: NDArray[Any], where: str) -> None:
        wanted = family_of(expected.dtype)
        if wanted == "other":
            raise TypeError(f"cannot compare with an array of dtype {expected.dtype}")
        if not is_array(actual):
            fail(f"{_at(where)}expected {kind_of(expected)}, got {kind_of(actual)}")
        if actual.shape != expected.shape:
            fail(f"{_at(where)}expected shape {expected.shape}, got {actual.shape}")
        accepted = _NUMERIC if wanted in _NUMERIC and not self.exact else (wanted,)
        if family_of(actual.dtype) not in accepted:
            fail(f"{_at(where)}expected {kind_of(expected)}, got {kind_of(actual)}")
        self._refuse_nan(expected)
        matches = self._matches(actual, expected)
        if not matches.all():
            first = tuple(int(i) for i in np.unravel_index(int(np.argmin(matches)), expected.shape))
            count = int(matches.size - np.count_nonzero(matches))
            fail(
                f"{_at(where)}{count} of {expected.size} entries differ; the first is at {list(first)}: "
                f"expected {show(expected[first])}, got {show(actual[first])}"
            )

    def _matches(self, actual: NDArray[Any], expected: NDArray[Any]) -> NDArray[np.bool_]:
        """Entry by entry; both have one shape and agreeing families."""
        family = family_of(expected.dtype)
        if self.exact or family not in ("int", "float", "complex"):
            same = np.asarray(actual == expected, dtype=bool)
            if family in ("float", "complex", "datetime", "timedelta"):
                same |= np.asarray((actual != actual) & (expected != expected), dtype=bool)
            return same
        kind = np.complex128 if family == "complex" else np.float64
        with np.errstate(all="ignore"):
            a, e = actual.astype(kind), expected.astype(kind)
            near = np.abs(a - e) <= self.atol + self.rtol * np.abs(e)
            same = np.where(np.isfinite(a) & np.isfinite(e), near, a == e)
        if self.nan:
            same |= np.isnan(a) & np.isnan(e)
        return np.asarray(same, dtype=bool)

    def _refuse_nan(self, expected: NDArray[Any]) -> None:
        if not self.nan and family_of(expected.dtype) in ("float", "complex") and np.isnan(expected).any():
            raise ValueError("expected holds NaN, which nothing matches; pass nan=True to ask for NaN there")

    def _sequences(self, actual: Any, expected: Any, where: str) -> None:
        kinds = (type(expected),) if self.exact else (list, tuple)
        if type(actual) not in kinds or len(actual) != len(expected):
            fail(f"{_at(where)}expected {kind_of(expected)}, got {kind_of(actual)}")
        for i, (one, other) in enumerate(zip(actual, expected, strict=True)):
            self.compare(one, other, f"{where}[{i}]")

    def _dicts(self, actual: Any, expected: dict[Any, Any], where: str) -> None:
        if type(actual) is not dict:
            fail(f"{_at(where)}expected {kind_of(expected)}, got {kind_of(actual)}")
        given = {_identity(key): value for key, value in actual.items()}
        wanted = {_identity(key): key for key in expected}
        _refuse_keys(given.keys(), wanted.keys(), where)
        for identity, key in wanted.items():
            self.compare(given[identity], expected[key], f"{where}[{show(key)}]")

    def _sets(self, actual: Any, expected: Any, where: str) -> None:
        if type(actual) is not type(expected):
            fail(f"{_at(where)}expected {kind_of(expected)}, got {kind_of(actual)}")
        _refuse_keys({_identity(item) for item in actual}, {_identity(item) for item in expected}, where)


def _identity(value: Any) -> Any:
    """A hashable stand-in that tells True from 1 and 1 from 1.0, as `==` does not."""
    if type(value) in (tuple, frozenset):
        return type(value), type(value)(_identity(item) for item in value)
    family = scalar_family(value)
    return (family, None if family == "missing" else value) if family else (type(value), id(value))


def _refuse_keys(given: Any, wanted: Any, where: str) -> None:
    missing, extra = wanted - given, given - wanted
    if missing:
        fail(f"{_at(where)}{len(missing)} missing, among them {_show_identity(next(iter(missing)))}")
    if extra:
        fail(f"{_at(where)}{len(extra)} too many, among them {_show_identity(next(iter(extra)))}")


def _show_identity(identity: Any) -> str:
    return f"{show(identity[1])} ({identity[0]})" if isinstance(identity[0], str) else identity[0].__name__


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _at(where: str) -> str:
    return f"at {where if len(where) <= 120 else '...' + where[-117:]}: " if where else ""


def array(
    actual: Any,
    *,
    shape: tuple[int | None, ...],
    dtype: Literal["float", "int", "bool", "str", "number"] = "float",
    finite: bool = True,
) -> NDArray[Any]:
    """Assert an ndarray of this shape (None: any length) and dtype family; return it.

    "number" takes floats and ints, "float" floats only. With `finite`, no NaN or infinity.
    """
    if not is_array(actual):
        fail(f"expected an array of shape {shape}, got {kind_of(actual)}")
    fits = len(actual.shape) == len(shape) and all(
        want is None or have == want for have, want in zip(actual.shape, shape, strict=True)
    )
    if not fits:
        fail(f"expected shape {shape}, got {actual.shape}")
    if family_of(actual.dtype) not in _ACCEPTED[dtype]:
        fail(f"expected dtype family {dtype}, got {kind_of(actual)}")
    if finite and family_of(actual.dtype) == "float" and not np.isfinite(actual).all():
        first = [int(i) for i in np.argwhere(~np.isfinite(actual))[0]]
        fail(f"expected finite numbers, got {show(actual[tuple(first)])} at {first}")
    return np.asarray(actual)


def number(actual: Any, *, finite: bool = True) -> float:
    """Assert a Python or numpy float or int, finite unless told otherwise; return it as float."""
    if scalar_family(actual) not in _NUMERIC:
        fail(f"expected a number, got {kind_of(actual)}")
    value = _as_float(actual)
    if finite and not math.isfinite(value):
        fail(f"expected a finite number, got {show(actual)}")
    return value


def integer(actual: Any) -> int:
    """Assert a Python or numpy integer (no bool, no whole float); return it as int."""
    return int(_scalar(actual, "int"))


def text(actual: Any) -> str:
    """Assert a string; return it."""
    return str(_scalar(actual, "str"))


def boolean(actual: Any) -> bool:
    """Assert a Python or numpy bool; return it."""
    return bool(_scalar(actual, "bool"))


def _scalar(actual: Any, family: str) -> Any:
    if scalar_family(actual) != family:
        fail(f"expected {'an' if family == 'int' else 'a'} {family}, got {kind_of(actual)}")
    return actual


def between(actual: Any, low: float, high: float) -> float:
    """Assert a finite number in [low, high]; return it as float."""
    value = number(actual)
    if not low <= value <= high:
        fail(f"expected a number from {low} to {high}, got {show(actual)}")
    return value


def labels_match(actual: Any, expected: Any) -> None:
    """Assert a 1-D array of labels that is the same partition as `expected` up to renaming.

    Labels are of the family of `expected`: ints, strings or bools.
    """
    wanted = np.asarray(expected)
    family = family_of(wanted.dtype)
    if wanted.ndim != 1 or family not in ("int", "str", "bool"):
        raise TypeError("expected labels are a 1-D array of ints, strings or bools")
    if not is_array(actual) or actual.shape != wanted.shape or family_of(actual.dtype) != family:
        fail(f"expected {kind_of(wanted)}, got {kind_of(actual)}")
    _, one = np.unique(actual, return_inverse=True)
    _, other = np.unique(wanted, return_inverse=True)
    pairs = len(np.unique(np.stack([one, other], axis=1), axis=0)) if len(wanted) else 0
    groups, right = (int(codes.max(initial=-1)) + 1 for codes in (one, other))
    if not pairs == groups == right:
        fail(f"expected the partition of {right} groups, got {groups} groups that agree with it in part only")


def same_rows(actual: Any, expected: Any) -> None:
    """Assert an array whose rows are those of `expected` in any order, each as often.

    Rows are the entries along the first axis; values are compared as in `equal`.
    """
    if not is_array(expected) or expected.ndim < 1 or family_of(expected.dtype) == "other":
        raise TypeError(f"same_rows compares with a plain array, not {kind_of(expected)}")
    if not is_array(actual) or actual.shape != expected.shape:
        fail(f"expected {kind_of(expected)}, got {kind_of(actual)}")
    if family_of(actual.dtype) != family_of(expected.dtype):
        fail(f"expected {kind_of(expected)}, got {kind_of(actual)}")
    given, wanted = _row_counts(actual), _row_counts(expected)
    missing, extra = wanted - given, given - wanted
    if missing or extra:
        lost = show(str(next(iter(missing))[:8])) if missing else "none"
        fail(f"{sum(missing.values())} of {len(expected)} rows are missing; the first of them: {lost}")


def _row_counts(rows: NDArray[Any]) -> Counter[tuple[Any, ...]]:
    """How often each row occurs; NaN and NaT stand for themselves as text, -0.0 is 0.0."""
    flat = rows.reshape(len(rows), -1) if rows.size else np.empty((len(rows), 0), dtype=rows.dtype)
    missing = flat != flat
    lists = [[*values] for values in flat.tolist()]
    for i, j in np.argwhere(missing):
        lists[i][j] = "missing"
    return Counter(map(tuple, lists))


def holds(condition: Any, message: str) -> None:
    """Assert that `condition` is exactly True (of Python or numpy); `message` says what must hold."""
    if scalar_family(condition) != "bool":
        fail(f"{message}: the condition is {kind_of(condition)}, not one truth value")
    if not bool(condition):
        fail(message)


class raises:
    """Context in which the candidate's code must raise `kind`, or a subclass of it.

    An error of the check itself or of the grader passes through unchanged, so it never
    counts. NotImplementedError, which is a RuntimeError, counts only where it is asked for:
    a stub must not pass.
    """

    def __init__(self, candidate: Any, kind: type[Exception]) -> None:
        from grader.checks.candidate import CandidateError

        if not issubclass(kind, Exception) or issubclass(CandidateError, kind):
            raise TypeError(f"{kind.__name__} is any error; name the type that the brief names")
        self.candidate, self.kind, self.base = candidate, kind, CandidateError

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if error is None:
            fail(f"expected {self.kind.__name__}, but nothing was raised")
        if not isinstance(error, self.base):
            return False
        stub = isinstance(error, NotImplementedError) and not issubclass(self.kind, NotImplementedError)
        if stub or not isinstance(error, self.kind):
            fail(f"expected {self.kind.__name__}, but the candidate's code raised {show(str(error))}")
        return True
