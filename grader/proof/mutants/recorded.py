"""What an author has to say about mutants that survive: `solutions/<slug>/mutants.toml`.

`python -m grader.proof.mutants` prints its JSON Schema, which is published under `schemas/`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from grader.errors import ChallengeError
from grader.manifest import Table, document, read
from grader.proof.mutants.generate import Identity, Mutant

FILE = "mutants.toml"
Reason = Annotated[str, StringConstraints(min_length=10, max_length=1000, strip_whitespace=True)]


class Entry(Table):
    """One mutant, by its identity, and why it may survive."""

    function: Annotated[str, Field(description="dotted name; empty for the top level of the module")] = ""
    original: Annotated[
        str, Field(description="the changed lines as they were, stripped and joined by a space")
    ]
    changed: Annotated[str, Field(description="the same lines of the mutant")]
    occurrence: Annotated[int, Field(ge=1, description="which of several equal ones, from 1")] = 1
    reason: Reason

    @property
    def identity(self) -> Identity:
        return Identity(self.function, self.original, self.changed, self.occurrence)


class Recorded(Table):
    """The file: mutants that are right answers too, and wrong ones that no check can be asked to reject."""

    format: Literal[1]
    equivalent: Annotated[
        list[Entry],
        Field(
            default_factory=list,
            description="gives the same answers, or others that the brief allows as well",
        ),
    ]
    survivor: Annotated[
        list[Entry],
        Field(default_factory=list, description="wrong, and known to survive; counts as not killed"),
    ]


@dataclass(frozen=True)
class Reasons:
    """Why mutants may survive: `equivalent` ones are no faults, `accepted` ones are."""

    equivalent: frozenset[Identity] = frozenset()
    accepted: frozenset[Identity] = frozenset()

    @property
    def all(self) -> frozenset[Identity]:
        return self.equivalent | self.accepted

    def stale(self, found: Iterable[Mutant]) -> tuple[Identity, ...]:
        """The recorded mutants that there are no longer."""
        return tuple(sorted(self.all - {mutant.identity for mutant in found}))


def recorded(folder: Path) -> Reasons:
    """Read `mutants.toml` of a solutions folder; no file means that no mutant has a reason to survive.

    Raises ChallengeError with everything that is wrong with the file.
    """
    path = folder / FILE
    if not path.exists():
        return Reasons()
    values, _, errors = read(path, Recorded)
    if values is not None:
        counts = Counter(entry.identity for entry in [*values.equivalent, *values.survivor])
        twice = [identity for identity, count in counts.items() if count > 1]
        errors = [f"{path}: recorded {counts[each]} times: {shown(each)}" for each in twice]
    if values is None or errors:
        raise ChallengeError("\n".join(errors))
    return Reasons(
        frozenset(entry.identity for entry in values.equivalent),
        frozenset(entry.identity for entry in values.survivor),
    )


def schema() -> str:
    """The JSON Schema of `mutants.toml`, as text."""
    return document(Recorded, "mutants")


def shown(identity: Identity) -> str:
    """A mutant in one line."""
    where = identity.function or "top level"
    more = f" (occurrence {identity.occurrence})" if identity.occurrence > 1 else ""
    return f"{where}: {identity.original} -> {identity.changed}{more}"


def entry(identity: Identity, reason: str, kind: str = "equivalent") -> str:
    """The TOML of one record."""
    lines = [f"[[{kind}]]", *([f"function = {_quoted(identity.function)}"] if identity.function else [])]
    lines += [f"original = {_quoted(identity.original)}", f"changed = {_quoted(identity.changed)}"]
    if identity.occurrence > 1:
        lines.append(f"occurrence = {identity.occurrence}")
    return "\n".join([*lines, f"reason = {_quoted(reason)}"]) + "\n"


def _quoted(text: str) -> str:
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
