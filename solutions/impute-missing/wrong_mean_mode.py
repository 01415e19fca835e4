"""The baseline: every hole gets the mean of its column, or its most frequent level, whatever the bird."""

from __future__ import annotations

from typing import Any

import pandas as pd


def fit_imputer(train: pd.DataFrame) -> dict[str, Any]:
    """One value per column."""
    return {
        name: train[name].mean() if pd.api.types.is_float_dtype(train[name]) else train[name].mode()[0]
        for name in train.columns
    }


def impute(imputer: dict[str, Any], table: pd.DataFrame) -> pd.DataFrame:
    """Fill each column with its value."""
    return table.fillna(imputer)
