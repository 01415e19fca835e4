"""How one answer differs from another, in figures and in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from grader.kit.measure import Measured

NOTABLE_SECONDS = 0.02  # below that, two times say nothing
NOTABLE_BYTES = 100_000
NOTABLE_FACTOR = 1.5
_MOST_NAMES = 6


def table(answers: Sequence[Measured]) -> list[tuple[str, ...]]:
    """The figures: a row of names, then one row for each figure, with a column for each answer."""
    made = [one.made_of for one in answers]
    return [
        ("", *(one.name for one in answers)),
        ("score", *(f"{one.points:g} of {one.points_possible:g}" for one in answers)),
        ("time of its code", *(duration(one.seconds) for one in answers)),
        ("memory at most", *("not measured" if one.peak is None else size(one.peak) for one in answers)),
        ("lines of code", *("?" if one is None else str(one.lines) for one in made)),
        ("loops", *("?" if one is None else _loops(one.loops, one.nested) for one in made)),
        ("comprehensions", *("?" if one is None else str(one.comprehensions) for one in made)),
        ("imports", *("?" if one is None else ", ".join(one.imports) or "none" for one in made)),
    ]


def words(yours: Measured, other: Measured) -> list[str]:
    """What is worth noticing of yours beside the other, in phrases that follow on "Yours ..."."""
    if yours.source.split() == other.source.split():
        return ["is the same code"]
    said = [
        *_score(yours, other),
        *_ratio("takes", yours.seconds, other.seconds, NOTABLE_SECONDS, "as long", "the time"),
        *_ratio("needs", yours.peak or 0, other.peak or 0, NOTABLE_BYTES, "the memory", "the memory"),
        *_ways(yours, other),
    ]
    return said or ["differs in nothing that is counted here"]


def diff(yours: Measured, other: Measured) -> Iterator[str]:
    """A unified diff from the other answer to yours."""
    lines = difflib.unified_diff(
        other.source.splitlines(), yours.source.splitlines(), f"{other.name}.py", "yours", lineterm=""
    )
    yield from lines


def duration(seconds: float) -> str:
    """A time in a unit that reads well."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def size(count: int) -> str:
    """A number of bytes in a unit that reads well."""
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _loops(count: int, nested: int) -> str:
    return f"{count}, {nested} deep" if nested > 1 else str(count) if count else "none"


def _score(yours: Measured, other: Measured) -> Iterator[str]:
    if yours.points != other.points:
        more = "less" if yours.points < other.points else "more"
        yield f"earns {abs(yours.points - other.points):g} points {more}"


def _ratio(verb: str, mine: float, theirs: float, notable: float, times: str, share: str) -> Iterator[str]:
    """A factor between two figures; nothing where one is unknown or both are too small to tell."""
    if max(mine, theirs) < notable or min(mine, theirs) <= 0:
        return
    if mine > theirs * NOTABLE_FACTOR:
        yield f"{verb} {mine / theirs:.1f} times {times}"
    elif theirs > mine * NOTABLE_FACTOR:
        yield f"{verb} {mine / theirs:.0%} of {share}"


def _ways(yours: Measured, other: Measured) -> Iterator[str]:
    mine, theirs = yours.made_of, other.made_of
    if mine is None or theirs is None:
        return
    if mine.loops and not theirs.loops:
        yield "goes through the data in Python, where the other works on whole arrays"
    elif theirs.loops and not mine.loops:
        yield "works on whole arrays, where the other goes through the data in Python"
    elif mine.nested != theirs.nested:
        yield f"has loops {mine.nested} deep, the other {theirs.nested} deep"
    if missing := _names(theirs.calls, mine.calls):
        yield f"does not call {missing}"
    if extra := _names(mine.calls, theirs.calls):
        yield f"calls {extra}, which the other does not"
    if extra := _names(mine.imports, theirs.imports):
        yield f"imports {extra}, which the other does not"


def _names(mine: Sequence[str], theirs: Sequence[str]) -> str:
    names = [name for name in mine if name not in theirs]
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
