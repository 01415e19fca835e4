"""What lists show of challenges, read without the validator: that takes longer than the rest of a list."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from grader.bank import MANIFEST, Bank

LEVELS = ("easy", "medium", "hard")


@dataclass(frozen=True, slots=True)
class Outline:
    """A challenge as its manifest describes it. Grading reads, and checks, much more."""

    slug: str
    title: str
    topic: str
    difficulty: str
    minutes: int
    functions: tuple[str, ...]
    requires: tuple[str, ...]
    root: Path
    question: int | None


def outlines(bank: Bank) -> tuple[Outline, ...]:
    """Every challenge, by question number, those without one last. Raises ChallengeError, as `Bank.all`."""
    found = [_read(bank.challenges / slug) for slug in bank.slugs()]
    if not all(found):
        bank.all()  # raises, and says everything that is wrong
    return tuple(
        sorted(filter(None, found), key=lambda one: (one.question is None, one.question or 0, one.slug))
    )


def outline(bank: Bank, slug: str) -> Outline:
    """One challenge. Raises ChallengeError if there is none of that name, or if it is wrong."""
    found = _read(bank.challenges / slug) if slug in bank.slugs() else None
    if found is not None:
        return found
    full = bank.get(slug)
    return Outline(**{field.name: getattr(full, field.name) for field in fields(Outline)})


def suggested(challenges: Sequence[Outline], done: set[str], topic: str | None = None) -> Outline | None:
    """The next challenge that is not `done`: the easiest, by the number of its question."""
    left = [one for one in challenges if one.slug not in done and topic in (None, one.topic)]
    return min(left, key=lambda one: LEVELS.index(one.difficulty), default=None)


def _read(root: Path) -> Outline | None:
    """None where the manifest does not say all this, in the right types; `Bank.get` then tells why."""
    try:
        raw = tomllib.loads((root / MANIFEST).read_text(encoding="utf-8"))
        found = Outline(
            root.name, raw["title"], raw["topic"], raw["difficulty"], raw["minutes"], tuple(raw["functions"]),
            tuple(raw["requires"]), root, raw.get("question"),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None
    words = (found.title, found.topic, found.difficulty, *found.functions, *found.requires)
    numbers = (found.minutes, found.question or 0)
    sound = all(type(word) is str for word in words) and all(type(number) is int for number in numbers)
    return found if sound and found.difficulty in LEVELS else None
