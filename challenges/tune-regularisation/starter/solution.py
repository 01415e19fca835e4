"""Tune the regularisation: write `tune`. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


class Tuned:
    """A tuned and refitted pipeline, with the record of the search. Any class with these names will do."""

    best_params_: dict[str, Any]  # {"degree": int, "alpha": float}
    cv_table_: pd.DataFrame  # degree, alpha, fold_1 ... fold_5, mean_rmse

    def predict(self, X_new: np.ndarray) -> np.ndarray:
        """Predict y for rows of shape (m, p): a float array of shape (m,)."""
        raise NotImplementedError


def tune(X: np.ndarray, y: np.ndarray) -> Tuned:
    """Choose degree and alpha by five-fold cross-validation and refit the pipeline on all rows.

    X: float array of shape (n, p). y: float array of shape (n,). At most 30 settings.
    Raises ValueError for unequal numbers of rows, NaN and infinity.
    """
    raise NotImplementedError
