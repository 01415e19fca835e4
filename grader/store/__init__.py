"""What the grader remembers of its user between two commands, in one SQLite file.

Nothing here loads a library that a command such as `grader list` would have to wait for.
"""

from __future__ import annotations

from grader.store.place import default_folder
from grader.store.store import Store
from grader.store.values import Attempt, ChallengeState, Event, Review

__all__ = ["Attempt", "ChallengeState", "Event", "Review", "Store", "default_folder"]
