"""What a section of `grader bank check` has to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SECTIONS = ("structure", "verdicts", "mutants", "seeds", "leaks", "determinism", "parity")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: the section that found it, where it is, what is wrong and what to do.

    `infrastructure`: the machine is to blame, so that nothing is known about the challenge.
    """

    section: str
    place: str
    message: str
    infrastructure: bool = False

    def __str__(self) -> str:
        return f"{self.section}: {self.place}: {self.message}"


def findings(section: str, lines: Iterable[tuple[str, str]]) -> list[Finding]:
    """Pairs of place and message as findings of one section."""
    return [Finding(section, place, message) for place, message in lines]
