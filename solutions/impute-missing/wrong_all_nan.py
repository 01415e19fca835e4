"""An answer of the right shape and dtypes in which everything is missing."""

from __future__ import annotations

import pandas as pd


def fit_imputer(train: pd.DataFrame) -> None:
    """Nothing is learned."""


def impute(imputer: None, table: pd.DataFrame) -> pd.DataFrame:
    """Blank every cell that can be blank."""
    filled = table.copy()
    for name in table.columns.drop("year"):
        filled[name] = table[name].mask(table["year"] > 0)
    return filled
