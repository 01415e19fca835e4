"""A constant answer: the mean of y for every row, with a table in which nothing was tried."""

from __future__ import annotations

import numpy as np
import pandas as pd


class Tuned:
    """Looks like a tuned model."""

    def __init__(self, level: float, spread: float) -> None:
        self.level = level
        self.best_params_ = {"degree": 1, "alpha": 1.0}
        names = [*(f"fold_{fold}" for fold in range(1, 6)), "mean_rmse"]
        scores = {name: [spread, spread] for name in names}
        self.cv_table_ = pd.DataFrame({"degree": [1, 2], "alpha": [1.0, 1.0], **scores})

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The mean, whatever the row."""
        return np.full(len(X), self.level)


def tune(X: np.ndarray, y: np.ndarray) -> Tuned:
    """Nothing is tuned."""
    return Tuned(float(np.mean(y)), float(np.std(y)))
