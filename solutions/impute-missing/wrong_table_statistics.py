"""Leaks: fitted again on the table that is being imputed, so a bird's values depend on its company."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.impute import KNNImputer

NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
CATEGORIES = ["species", "island", "sex"]


def fit_imputer(train: pd.DataFrame) -> pd.DataFrame:
    """Keep the training rows."""
    return train


def impute(imputer: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Scale, encode and fit on training rows and table together."""
    filled = table.copy()
    if table.empty:
        return filled
    both = pd.concat([imputer[table.columns].astype(object), table.astype(object)], ignore_index=True)
    numbers = both[NUMBERS].astype(float)
    spread = numbers.std().replace(0.0, 1.0)
    blocks = [((numbers - numbers.mean()) / spread).to_numpy()]
    levels = {name: sorted(imputer[name].dropna().astype(str).unique()) for name in CATEGORIES}
    for name in CATEGORIES:
        block = (both[[name]].to_numpy() == np.array(levels[name], dtype=object)).astype(float)
        block[block.sum(axis=1) == 0] = np.nan
        blocks.append(block)
    matrix = KNNImputer(n_neighbors=10).fit_transform(np.hstack(blocks))[len(imputer) :]
    for at, name in enumerate(NUMBERS):
        guess = matrix[:, at] * spread[name] + numbers[name].mean()
        filled[name] = np.where(table[name].isna(), guess, table[name])
    start = len(NUMBERS)
    for name in CATEGORIES:
        votes = matrix[:, start : start + len(levels[name])]
        start += len(levels[name])
        guess = pd.Series([levels[name][at] for at in votes.argmax(axis=1)], index=table.index)
        filled[name] = table[name].astype(object).where(table[name].notna(), guess).astype(table[name].dtype)
    return filled
