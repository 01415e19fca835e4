"""The corpus of attacks, read from files.

An attack is a Python file whose docstring has a title and the lines `threat:` (a number of the threat model),
`source:` and `verdict:` (what may come of it).
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.model import Verdict

KEYS = ("threat", "source", "verdict")
VERDICTS = ("any", "load", *(verdict.value for verdict in Verdict if verdict is not Verdict.PASSED))


@dataclass(frozen=True, slots=True)
class Attack:
    """One hostile submission. `verdicts`: what its hidden checks may end with ("any": all but passed)."""

    path: Path
    section: str
    title: str
    threat: int
    source: str
    verdicts: tuple[str, ...]


def read_attacks(folder: Path) -> tuple[Attack, ...]:
    """Every attack below `folder`, by section and name. Raises GraderError with all that is wrong."""
    attacks, errors = [], []
    for path in sorted(folder.glob("*/*.py")):
        try:
            attacks.append(_read(path))
        except (ValueError, SyntaxError) as error:
            errors.append(f"{path}: {error}")
    if errors or not attacks:
        raise GraderError("\n".join(errors) or f"there are no attacks in {folder}")
    return tuple(attacks)


def sample(attacks: Sequence[Attack], most: int) -> tuple[Attack, ...]:
    """At most `most` attacks of each section for every threat, always the same ones."""
    seen: Counter[tuple[str, int]] = Counter()
    chosen = []
    for attack in attacks:
        seen[attack.section, attack.threat] += 1
        if seen[attack.section, attack.threat] <= most:
            chosen.append(attack)
    return tuple(chosen)


def _read(path: Path) -> Attack:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"), str(path))) or ""
    title = text.partition("\n")[0].strip().rstrip(".")
    values = dict(line.split(":", 1) for line in text.splitlines() if line.split(":", 1)[0] in KEYS)
    if missing := [key for key in KEYS if not values.get(key, "").strip()]:
        raise ValueError(f"the docstring has no line {', '.join(f'{key}:' for key in missing)}")
    verdicts = tuple(values["verdict"].split())
    if not title or (unknown := sorted(set(verdicts) - set(VERDICTS))):
        raise ValueError(f"unknown verdict {', '.join(unknown)}" if title else "the docstring has no title")
    return Attack(path, path.parent.name, title, int(values["threat"]), values["source"].strip(), verdicts)
