"""One column after the other, with sorting and plain loops."""

from __future__ import annotations

import numpy as np


def fit_scaler(X, kind):
    if X.ndim != 2 or X.shape[0] == 0:
        raise ValueError("the training rows are no table")
    return [_column(sorted(x for x in column.tolist() if x == x), kind) for column in X.T]


def _column(values, kind):
    if not values:
        raise ValueError("a column has no value")
    rules = {"minmax": _range, "standard": _moments, "robust": _quartiles}
    if kind not in rules:
        raise ValueError(f"unknown kind {kind}")
    if values[0] == values[-1]:
        return values[0], 1.0
    centre, spread = rules[kind](values)
    return centre, spread or 1.0


def _range(values):
    return values[0], values[-1] - values[0]


def _moments(values):
    mean = sum(values) / len(values)
    return mean, (sum((x - mean) ** 2 for x in values) / len(values)) ** 0.5


def _quartiles(values):
    def at(share):
        place = share * (len(values) - 1)
        low = int(place)
        high = min(low + 1, len(values) - 1)
        return values[low] + (place - low) * (values[high] - values[low])

    return at(0.5), at(0.75) - at(0.25)


def scale(scaler, X):
    return _apply(scaler, X, lambda x, centre, spread: (x - centre) / spread)


def unscale(scaler, Z):
    return _apply(scaler, Z, lambda z, centre, spread: z * spread + centre)


def _apply(scaler, values, step):
    if values.ndim != 2 or values.shape[1] != len(scaler):
        raise ValueError("another number of columns")
    result = np.empty(values.shape)
    for number, (centre, spread) in enumerate(scaler):
        result[:, number] = step(values[:, number], centre, spread)
    return result
