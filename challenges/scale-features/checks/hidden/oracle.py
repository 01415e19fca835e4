"""Centre and spread of one column at a time, in plain Python with exact sums; and tables to scale."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

KINDS = ("minmax", "standard", "robust")


def statistics(column, kind):
    """(centre, spread) of a list of numbers, missing ones left out; a spread of zero counts as 1."""
    values = sorted(Fraction(float(value)) for value in column if not math.isnan(value))
    if kind == "minmax":
        centre, spread = values[0], values[-1] - values[0]
    elif kind == "standard":
        centre = sum(values, Fraction(0)) / len(values)
        spread = Fraction(math.sqrt(sum(((one - centre) ** 2 for one in values), Fraction(0)) / len(values)))
    else:
        centre, spread = quantile(values, 2), quantile(values, 3) - quantile(values, 1)
    return float(centre), float(spread) or 1.0


def quantile(values, quarters):
    """The quantile at `quarters` / 4 of sorted values, interpolated linearly between neighbours."""
    place = Fraction(quarters, 4) * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def scaled(X, train, kind):
    """What `scale` must return for `X` after fitting `train`."""
    columns = [statistics(column, kind) for column in train.T.tolist()]
    return np.array([[(x - c) / s for x, (c, s) in zip(row, columns, strict=True)] for row in X.tolist()])


def draw(rng, rows=40, columns=5, missing=0.0):
    """Columns of different sizes, centres and shapes; a share is missing, never a whole column."""
    X = rng.normal(size=(rows, columns)) * 10.0 ** rng.integers(-3, 4, columns) + rng.normal(size=columns) * 5
    X[:, 0] = np.exp(rng.normal(size=rows))  # skewed, so that mean and median differ
    holes = rng.random((rows, columns)) < missing
    holes[rng.integers(0, rows, columns), np.arange(columns)] = False
    X[holes] = np.nan
    return X
