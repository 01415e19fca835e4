"""How far someone has come: worked out from the record, and drawn for a terminal and as a page."""

from __future__ import annotations

from grader.progress.summary import Best, Group, Line, Progress, Record, summarise

__all__ = ["Best", "Group", "Line", "Progress", "Record", "summarise"]
