"""Errors on the values that the checks took out, as a share of those of mean and mode imputation."""

from __future__ import annotations

import numpy as np
import pandas as pd
from worlds import CATEGORIES, NUMBERS, Colony

from grader.checks import array, holds


def numbers_error(filled: pd.DataFrame, colony: Colony) -> float:
    """RMSE over the lost numbers, each column in units of its standard deviation; mean imputation is 1."""
    errors, of_mean = [], []
    for name in NUMBERS:
        lost = colony.lost[name].to_numpy()
        values = array(filled[name].to_numpy(), shape=(len(lost),))
        truth = colony.truth[name].to_numpy()
        errors.append((values[lost] - truth[lost]) / truth.std())
        of_mean.append((colony.train[name].mean() - truth[lost]) / truth.std())
    return _root_mean_square(errors) / _root_mean_square(of_mean)


def categories_error(filled: pd.DataFrame, colony: Colony) -> float:
    """Share of the lost categories that are wrong; filling in the most frequent level is 1."""
    wrong, of_mode = 0, 0
    for name in CATEGORIES:
        lost = colony.lost[name].to_numpy()
        truth = colony.truth[name].astype(object)[lost].tolist()
        values = filled[name].astype(object)[lost].tolist()
        mode = colony.train[name].astype(object).value_counts().index[0]
        pairs = zip(values, truth, strict=True)
        wrong += sum(type(value) is not str or value != true for value, true in pairs)
        of_mode += sum(true != mode for true in truth)
    return wrong / of_mode


def no_holes(filled: pd.DataFrame) -> None:
    """Assert that no cell is missing."""
    left = {str(name): int(filled[name].isna().sum()) for name in filled.columns}
    holds(sum(left.values()) == 0, f"cells are still missing: {left}")


def possible(filled: pd.DataFrame, table: pd.DataFrame, train: pd.DataFrame) -> None:
    """Assert that what was filled into `table` lies in the range, or among the levels, seen in `train`."""
    for name in NUMBERS:
        values = filled[name].to_numpy()[table[name].isna().to_numpy()]
        low, high = train[name].min(), train[name].max()
        inside = bool(np.all((values >= low) & (values <= high)))
        holds(inside, f"{name}: filled in from outside [{low}, {high}]")
    for name in CATEGORIES:
        values = filled[name].astype(object)[table[name].isna().to_numpy()].tolist()
        levels = set(train[name].dropna().tolist())
        seen = all(type(value) is str and value in levels for value in values)
        holds(seen, f"{name}: filled in a level not seen in train")


def differing_cells(one: pd.DataFrame, other: pd.DataFrame) -> int:
    """Count the cells that differ by more than rounding; both tables were checked to be alike in kind."""
    count = 0
    for name in NUMBERS:
        left, right = one[name].to_numpy(), other[name].to_numpy()
        count += int(np.sum(~(np.abs(left - right) <= 1e-6 * np.abs(right))))
    for name in CATEGORIES:
        pairs = zip(one[name].astype(object).tolist(), other[name].astype(object).tolist(), strict=True)
        count += sum(type(left) is not str or left != right for left, right in pairs)
    return count


def _root_mean_square(parts: list[np.ndarray]) -> float:
    return float(np.sqrt(np.mean(np.concatenate(parts) ** 2)))
