"""Reads what a tuned model says about itself, kinds first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from oracle import FOLDS

from grader.checks import array, attribute, frame, holds, integer, number

FOLD_COLUMNS = [f"fold_{number}" for number in range(1, FOLDS + 1)]
COLUMNS = ["degree", "alpha", *FOLD_COLUMNS, "mean_rmse"]


def table_of(tuned: Any) -> pd.DataFrame:
    """The cross-validation table, with the columns, dtypes and index of the brief, and no missing value."""
    table = attribute(tuned, "cv_table_")
    holds(type(table) is pd.DataFrame, "cv_table_ is a DataFrame")
    rows = len(table)
    like = pd.DataFrame({name: np.zeros(rows) for name in COLUMNS}).astype({"degree": np.int64})
    checked = frame(table, like=like)
    for name in COLUMNS[1:]:
        array(checked[name].to_numpy(), shape=(rows,))
    return checked


def best_of(tuned: Any) -> dict[str, Any]:
    """The chosen setting: a dict with an integer degree and a finite alpha."""
    best = attribute(tuned, "best_params_")
    holds(type(best) is dict, "best_params_ is a dict")
    holds(sorted(map(str, best)) == ["alpha", "degree"], "best_params_ has the keys degree and alpha")
    return {"degree": integer(best["degree"]), "alpha": number(best["alpha"])}
