"""Scale features: write `fit_scaler`, `scale` and `unscale`. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np


def fit_scaler(X: np.ndarray, kind: str) -> Any:
    """Learn a centre and a spread for each column of the training rows `X`, shape (n, d).

    kind: "minmax", "standard" or "robust". Missing values (nan) are left out.
    Returns a scaler: any object that `scale` and `unscale` understand. Raises ValueError as in the brief.
    """
    raise NotImplementedError


def scale(scaler: Any, X: np.ndarray) -> np.ndarray:
    """Return `X`, shape (m, d), less the training rows' centre, divided by their spread, as float64."""
    raise NotImplementedError


def unscale(scaler: Any, Z: np.ndarray) -> np.ndarray:
    """Return the values that `scale` made `Z` from, shape (m, d), as float64."""
    raise NotImplementedError
