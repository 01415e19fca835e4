"""Chained equations: each column with holes is regressed on all the others, in turns, on `train` only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer
from sklearn.linear_model import Ridge

NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
CATEGORIES = ["species", "island", "sex"]


@dataclass(frozen=True)
class Imputer:
    """What was learned from the training table."""

    centre: pd.Series
    spread: pd.Series
    lowest: pd.Series
    highest: pd.Series
    levels: dict[str, list[str]]
    model: IterativeImputer


def fit_imputer(train: pd.DataFrame) -> Imputer:
    """Learn levels, scales and the chained regressions."""
    inputs = train[[*NUMBERS, "year"]].astype(float)
    spread = inputs.std().replace(0.0, 1.0)
    levels = {name: sorted(train[name].dropna().astype(str).unique()) for name in CATEGORIES}
    imputer = Imputer(
        inputs.mean(),
        spread,
        train[NUMBERS].min(),
        train[NUMBERS].max(),
        levels,
        IterativeImputer(Ridge(alpha=1.0), max_iter=10, tol=1e-2, keep_empty_features=True),
    )
    imputer.model.fit(_encode(imputer, train))
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
        levels = np.array(imputer.levels[name], dtype=object)
        guess = pd.Series(levels[scores[name].argmax(axis=1)], index=table.index).astype(table[name].dtype)
        filled[name] = table[name].where(table[name].notna(), guess)
    return filled


def _encode(imputer: Imputer, table: pd.DataFrame) -> np.ndarray:
    """Standardised numbers, then a 0/1 column per level; a hole or unknown level is NaN in all of them."""
    inputs = table[[*NUMBERS, "year"]].astype(float)
    blocks = [((inputs - imputer.centre) / imputer.spread).to_numpy()]
    for name in CATEGORIES:
        text = table[name].astype(object).to_numpy()[:, None]
        block = (text == np.array(imputer.levels[name], dtype=object)).astype(float)
        block[block.sum(axis=1) == 0] = np.nan
        blocks.append(block)
    return np.hstack(blocks)


def _decode(imputer: Imputer, matrix: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Back to units of the table, and a score per level for each category."""
    count = len(NUMBERS)
    numbers = matrix[:, :count] * imputer.spread[NUMBERS].to_numpy() + imputer.centre[NUMBERS].to_numpy()
    scores, start = {}, count + 1
    for name in CATEGORIES:
        stop = start + len(imputer.levels[name])
        scores[name] = matrix[:, start:stop]
        start = stop
    return numbers, scores
