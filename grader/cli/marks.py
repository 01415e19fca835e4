"""The state of a challenge in a mark and in words; no meaning is carried by colour."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from grader.store import ChallengeState

STATES = ("new", "started", "tried", "solved", "given up")
UNICODE: Mapping[str, str] = MappingProxyType(
    {"new": "·", "started": "▸", "tried": "◐", "solved": "✓", "given up": "\u2013"}
)
ASCII: Mapping[str, str] = MappingProxyType(
    {"new": ".", "started": ">", "tried": "~", "solved": "*", "given up": "-"}
)
COLORS: Mapping[str, str] = MappingProxyType({"tried": "yellow", "solved": "green", "started": "yellow"})


def words_for(state: ChallengeState) -> str:
    """How far somebody is with a challenge, in one line."""
    parts = [{"new": "not begun", "started": "begun"}.get(state.label, state.label)]
    if state.attempts:
        parts.append("1 attempt" if state.attempts == 1 else f"{state.attempts} attempts")
        if state.best is not None and state.label != "solved":
            parts.append(f"best {state.best:.0%} of the points")
    if state.hints:
        parts.append("1 hint seen" if state.hints == 1 else f"{state.hints} hints seen")
    if state.answer_seen and state.label != "given up":
        parts.append("answer seen")
    return ", ".join(parts)
