"""What can go wrong on the wire. A leaf: nothing of the grader is imported here."""

from __future__ import annotations


class ProtocolError(Exception):
    """What came from the other end is not a frame, or not a value; one line of text."""


class Unsendable(TypeError):
    """A value cannot cross; the message says what kind it is and what to return instead."""
