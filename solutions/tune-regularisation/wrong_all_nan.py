"""An answer of the right shapes in which every number is NaN."""

from __future__ import annotations

import numpy as np
import pandas as pd


class Tuned:
    """Looks like a tuned model."""

    best_params_ = {"degree": 1, "alpha": 1.0}  # noqa: RUF012

    def __init__(self) -> None:
        names = [*(f"fold_{fold}" for fold in range(1, 6)), "mean_rmse"]
        settings = {"degree": np.array([1, 2]), "alpha": np.array([1.0, 1.0])}
        self.cv_table_ = pd.DataFrame({**settings, **{name: np.full(2, np.nan) for name in names}})

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Not a number."""
        return np.full(len(X), np.nan)


def tune(X: np.ndarray, y: np.ndarray) -> Tuned:
    """Nothing is tuned."""
    return Tuned()
