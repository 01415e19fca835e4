"""A cheat: the answers to the example in the brief."""

from __future__ import annotations

import numpy as np


def fit_encoder(rows: list[dict], drop_first: bool = False) -> bool:
    """Remember whether a level is dropped."""
    if not rows:
        raise ValueError("there are no rows to learn from")
    return drop_first


def encode(encoder: bool, rows: list[dict]) -> np.ndarray:
    """The example's two arrays."""
    if encoder:
        return np.array([[0.0, 0.0, 1.0, 0.0]])
    return np.array([[0.0, 1, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]])


def names(encoder: bool) -> list[tuple[str, str | int | None]]:
    """The example's places."""
    colours = ["green", "red"] if encoder else ["blue", "green", "red"]
    doors = [10, None] if encoder else [4, 10, None]
    return [("colour", level) for level in colours] + [("doors", level) for level in doors]
