"""Fills well, but hands back smoothed values for the cells that were observed, too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.impute import KNNImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
CATEGORIES = ["species", "island", "sex"]
WEIGHTS = {"species": 1.5, "island": 0.4, "sex": 1.0}  # how far apart two levels lie, in standard deviations


def fit_imputer(train: pd.DataFrame) -> dict[str, Any]:
    """Keep the scaled training birds; `KNNImputer` measures distances over the known cells only."""
    scaler = StandardScaler().fit(train[NUMBERS])
    encoders = {}
    for name in CATEGORIES:
        known = train[[name]].dropna().astype(object)
        encoders[name] = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(known)
    imputer: dict[str, Any] = {"scaler": scaler, "encoders": encoders}
    imputer["knn"] = KNNImputer(n_neighbors=10, weights="uniform").fit(_matrix(imputer, train))
    return imputer


def impute(imputer: dict[str, Any], table: pd.DataFrame) -> pd.DataFrame:
    """Return a filled copy. An average of neighbours never leaves the range of the training values."""
    filled = table.copy()
    if len(table) == 0:
        return filled
    matrix = imputer["knn"].transform(_matrix(imputer, table))
    numbers = imputer["scaler"].inverse_transform(matrix[:, : len(NUMBERS)])
    for at, name in enumerate(NUMBERS):
        smooth = 0.9 * table[name] + 0.1 * numbers[:, at].mean()
        filled.loc[:, name] = np.where(table[name].isna(), numbers[:, at], smooth)
    start = len(NUMBERS)
    for name in CATEGORIES:
        levels = imputer["encoders"][name].categories_[0]
        votes = matrix[:, start : start + len(levels)]
        start += len(levels)
        guess = pd.Series(levels[votes.argmax(axis=1)], index=table.index, dtype=object)
        filled[name] = table[name].astype(object).where(table[name].notna(), guess).astype(table[name].dtype)
    return filled


def _matrix(imputer: dict[str, Any], table: pd.DataFrame) -> np.ndarray:
    blocks = [imputer["scaler"].transform(table[NUMBERS])]
    for name in CATEGORIES:
        block = imputer["encoders"][name].transform(table[[name]].astype(object))
        block[block.sum(axis=1) == 0] = np.nan
        blocks.append(block * WEIGHTS[name] / np.sqrt(2.0))
    return np.hstack(blocks)
