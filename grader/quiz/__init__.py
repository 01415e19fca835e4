"""Questions as cards: which comes next, and when it comes again."""

from __future__ import annotations

from grader.quiz.deck import Deck, due_times

__all__ = ["Deck", "due_times"]
