"""Save, load and serve a model, and watch for drift. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np

BODY_LIMIT = 65_536
ROW_LIMIT = 100


def save(model: dict[str, Any]) -> bytes:
    """The SHA-256 digest (32 bytes) of the JSON text that follows it.

    Raises ValueError if the model is not valid.
    """
    raise NotImplementedError


def load(blob: bytes) -> dict[str, Any]:
    """The model that `save` made these bytes of. Raises ValueError for any other bytes."""
    raise NotImplementedError


def handle(model: dict[str, Any], body: bytes) -> str:
    """Answer one request with JSON: probabilities, or which rule of the brief it breaks. Never raises."""
    raise NotImplementedError


def drift(reference: np.ndarray, live: np.ndarray) -> dict[str, np.ndarray]:
    """PSI of each column, and whether it is cause for alarm: {"psi": (d,), "alarm": (d,)}.

    reference: shape (n, d), live: shape (m, d), NaN where missing. Raises ValueError if the
    columns differ in number or a table has no rows.
    """
    raise NotImplementedError
