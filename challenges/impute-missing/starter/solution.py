"""Impute missing values: write `fit_imputer` and `impute`. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import pandas as pd

NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
CATEGORIES = ["species", "island", "sex"]


def fit_imputer(train: pd.DataFrame) -> Any:
    """Learn from `train` how to fill holes.

    train: the eight columns of the brief, 40 rows or more, with or without holes. It is not changed.
    Returns an imputer: any object that `impute` understands.
    """
    raise NotImplementedError


def impute(imputer: Any, table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of `table` in which every hole is filled, with the same rows, index, columns and dtypes.

    imputer: what `fit_imputer` returned. table: the same columns, any number of rows. It is not changed.
    """
    raise NotImplementedError
