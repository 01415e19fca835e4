"""What kind a value is, and how to show it in a sentence; the ground under the comparators.

Kinds are decided by exact type: a subclass of float, str or ndarray may redefine every
operator, so it is none of the kinds. Needs numpy only; pandas is looked at when it has
already been imported, for only then can a value be one of its objects.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

TEXT_LIMIT = 600  # characters of a failure's text
VALUE_LIMIT = 60  # characters of one shown value
DEPTH_LIMIT = 40  # nesting that a comparison follows

_SCALARS = frozenset(np.sctypeDict.values())
_FAMILIES = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex", "U": "str", "S": "bytes"}
_FAMILIES |= {"M": "datetime", "m": "timedelta"}
_PLAIN: dict[type, str] = {bool: "bool", int: "int", float: "float", complex: "complex", str: "str"}
_PLAIN |= {bytes: "bytes", type(None): "None"}
_PANDAS: tuple[str, ...] = ("DataFrame", "Series", "Index", "RangeIndex", "MultiIndex", "CategoricalIndex")
_PANDAS += ("DatetimeIndex", "TimedeltaIndex")
_PANDAS_SCALARS = ("Timestamp", "Timedelta")


class Mismatch(AssertionError):
    """Two values that do not match: `actual` and `expected` whole, and `same`, which compares their parts."""

    def __init__(
        self, message: str, actual: object, expected: object, same: Callable[[Any, Any], bool]
    ) -> None:
        super().__init__(message)
        self.actual = actual
        self.expected = expected
        self.same = same


def fail(message: str) -> NoReturn:
    """Raise AssertionError with `message`, cut to TEXT_LIMIT characters."""
    raise AssertionError(message if len(message) <= TEXT_LIMIT else message[: TEXT_LIMIT - 3] + "...")


def family_of(dtype: Any) -> str:
    """bool, int, float, complex, str, bytes, datetime, timedelta or "other" for a numpy dtype."""
    return _FAMILIES.get(dtype.kind, "other") if type(dtype).__module__.startswith("numpy") else "other"


def scalar_family(value: Any) -> str:
    """The family of a Python or numpy scalar by its exact type; "" for anything else."""
    kind = type(value)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _SCALARS and kind is not np.void and kind is not np.object_:
        return family_of(value.dtype)
    return pandas_scalar(value)


def pandas_scalar(value: Any) -> str:
    """ "missing" for pandas' NA and NaT, "datetime" and "timedelta" for its times; else ""."""
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return ""
    if value is pandas.NA or value is pandas.NaT:
        return "missing"
    if type(value) in {getattr(pandas, name) for name in _PANDAS_SCALARS}:
        return "datetime" if type(value) is pandas.Timestamp else "timedelta"
    return ""


def pandas_kind(value: Any) -> str:
    """DataFrame, Series or Index if the value is exactly one of pandas' own, else ""."""
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return ""
    for name in _PANDAS:
        if type(value) is getattr(pandas, name):
            return "Index" if name.endswith("Index") else name
    return ""


def is_array(value: Any) -> bool:
    """Whether it is an ndarray and not a subclass (masked arrays and matrices among them)."""
    return type(value) is np.ndarray


def kind_of(value: Any) -> str:
    """In words, with dtype and shape: "a float array of shape (3, 2)", "a list of 4", "a float"."""
    if is_array(value):
        family = family_of(value.dtype)
        name = str(value.dtype)[:40] if family == "other" else family
        return f"{_article(name)} array of shape {value.shape}"
    if type(value) in (list, tuple, dict, set, frozenset):
        return f"a {type(value).__name__} of {len(value)}"
    family = scalar_family(value)
    if family == "None":
        return "None"
    return _article(family or type(value).__name__[:40])


def _article(word: str) -> str:
    return f"{'an' if word[:1] in 'aeiouAEIOU' else 'a'} {word}"


def show(value: Any) -> str:
    """A short text for a value of any size; the cost does not grow with the value."""
    family = scalar_family(value)
    if family in ("str", "bytes"):
        text = repr(value[: VALUE_LIMIT - 10])
        return text if len(value) <= VALUE_LIMIT - 10 else f"{text[:VALUE_LIMIT]}... ({len(value)} long)"
    if family == "int" and int(value).bit_length() > 128:
        return f"an integer of {int(value).bit_length()} bits"
    if family:
        return repr(value.item() if isinstance(value, np.generic) else value)[:VALUE_LIMIT]
    return kind_of(value)
