"""One-hot encoding that meets categories it has not seen. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np


def fit_encoder(rows: list[dict[str, str | int | None]], drop_first: bool = False) -> Any:
    """Learn columns and levels from the training rows and return an encoder: any object you like.

    rows: dicts from column names to text, integers or None. drop_first: leave out each column's first level.
    Raises ValueError if there are no rows.
    """
    raise NotImplementedError


def encode(encoder: Any, rows: list[dict[str, str | int | None]]) -> np.ndarray:
    """Return a float64 array of shape (len(rows), len(names(encoder))) of zeros and ones.

    A value that the encoder does not know has zeros in all places of its column.
    """
    raise NotImplementedError


def names(encoder: Any) -> list[tuple[str, str | int | None]]:
    """Return (column, level) for each place of the encoding, both in ascending order, level None last."""
    raise NotImplementedError
