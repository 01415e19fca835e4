"""Chained equations: each column with holes is regressed on all the others, in turns, on `train` only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
CATEGORIES = ["species", "island", "sex"]


@dataclass(frozen=True)
class Imputer:
    """What was learned from the training table."""

    scaler: StandardScaler
    lowest: pd.Series
    highest: pd.Series
    levels: dict[str, np.ndarray]
    model: IterativeImputer


def fit_imputer(train: pd.DataFrame) -> Imputer:
    """Learn scales, ranges, levels and the chained regressions."""
    numbers = train[NUMBERS]
    levels = {name: train[name].astype(object).dropna().unique() for name in CATEGORIES}
    model = IterativeImputer(Ridge())
    imputer = Imputer(StandardScaler().fit(numbers), numbers.min(), numbers.max(), levels, model)
    model.fit(_encode(imputer, train))
    return imputer


def impute(imputer: Imputer, table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of `table` with every hole filled."""
    filled = table.copy()
    if table.empty:
        return filled
    numbers, scores = _decode(imputer, imputer.model.transform(_encode(imputer, table)))
    for at, name in enumerate(NUMBERS):
        guess = numbers[:, at].clip(imputer.lowest[name], imputer.highest[name])
        filled[name] = table[name].where(table[name].notna(), guess)
    for name in CATEGORIES:
        guess = imputer.levels[name][scores[name].argmax(axis=1)]
        likely = pd.Series(guess, index=table.index).astype(table[name].dtype)
        filled[name] = table[name].where(table[name].notna(), likely)
    return filled


def _encode(imputer: Imputer, table: pd.DataFrame) -> np.ndarray:
    """Standardised numbers, then a 0/1 column per level; a hole or unknown level is NaN in all of them."""
    blocks = [imputer.scaler.transform(table[NUMBERS])]
    for name in CATEGORIES:
        values = table[name].astype(object).to_numpy()
        block = (values[:, None] == imputer.levels[name]).astype(float)
        block[block.sum(axis=1) == 0] = np.nan
        blocks.append(block)
    return np.hstack(blocks)


def _decode(imputer: Imputer, matrix: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Back to units of the table, and a score per level for each category."""
    ends = np.cumsum([len(NUMBERS), *(len(imputer.levels[name]) for name in CATEGORIES)])
    numbers, *scores = np.split(matrix, ends, axis=1)[:-1]
    return imputer.scaler.inverse_transform(numbers), dict(zip(CATEGORIES, scores, strict=True))
