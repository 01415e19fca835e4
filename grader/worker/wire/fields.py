"""Exact checks of the parts of a tag. All of them raise ProtocolError and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from .errors import ProtocolError

INT64 = 1 << 63


def fields(tag: Mapping[str, object], *names: str) -> list[object]:
    """The named fields of a tag, which must have these and "t" and no others."""
    if len(tag) != len(names) + 1 or not all(name in tag for name in names):
        raise ProtocolError(f"{ascii(tag.get('t'))[:40]} does not have the fields {', '.join(names)}")
    return [tag[name] for name in names]


def integer(value: object, low: int = -INT64, high: int = INT64 - 1) -> int:
    """An int, not a bool, with low <= value <= high."""
    if type(value) is not int or not low <= value <= high:
        raise ProtocolError(f"expected an integer from {low} to {high}")
    return value


def boolean(value: object) -> bool:
    if type(value) is not bool:
        raise ProtocolError("expected true or false")
    return value


def string(value: object, longest: int = 256) -> str:
    """A string of at most `longest` characters without unpaired surrogates."""
    if type(value) is not str or len(value) > longest or not is_text(value):
        raise ProtocolError(f"expected text of at most {longest} characters")
    return value


def array_of(value: object, longest: int | None = None) -> list[object]:
    if type(value) is not list or (longest is not None and len(value) > longest):
        raise ProtocolError("expected a list" if longest is None else f"expected a list of at most {longest}")
    return value


def is_text(value: str) -> bool:
    """Whether UTF-8 can hold it: a Python str may contain unpaired surrogates."""
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
