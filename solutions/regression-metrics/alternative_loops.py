"""Row by row and output by output, with sums."""

from __future__ import annotations

import math

import numpy as np


def _outputs(y_true, y_pred, weights):
    """The weights, and for each output its pairs (true, predicted)."""
    if y_true.shape != y_pred.shape or y_true.ndim not in (1, 2) or len(y_true) == 0:
        raise ValueError("the arrays do not fit")
    if weights is None:
        weights = np.ones(len(y_true))
    if weights.shape != (len(y_true),) or min(weights) < 0 or sum(weights) == 0:
        raise ValueError("the weights do not fit")
    if y_true.ndim == 1:
        y_true, y_pred = y_true[:, None], y_pred[:, None]
    columns = zip(y_true.T.tolist(), y_pred.T.tolist(), strict=True)
    return weights.tolist(), [list(zip(true, pred, strict=True)) for true, pred in columns]


def _mean(values, weights):
    return math.fsum(w * v for w, v in zip(weights, values, strict=True)) / math.fsum(weights)


def mae(y_true, y_pred, weights=None):
    weights, outputs = _outputs(y_true, y_pred, weights)
    errors = [_mean([abs(t - p) for t, p in pairs], weights) for pairs in outputs]
    return sum(errors) / len(errors)


def rmse(y_true, y_pred, weights=None):
    weights, outputs = _outputs(y_true, y_pred, weights)
    errors = [_mean([(t - p) ** 2 for t, p in pairs], weights) for pairs in outputs]
    return math.sqrt(sum(errors) / len(errors))


def r2(y_true, y_pred, weights=None):
    weights, outputs = _outputs(y_true, y_pred, weights)
    return sum(_share(pairs, weights) for pairs in outputs) / len(outputs)


def _share(pairs, weights):
    if len({t for t, _ in pairs}) == 1:
        return 1.0 if all(t == p for t, p in pairs) else 0.0
    centre = _mean([t for t, _ in pairs], weights)
    error = _mean([(t - p) ** 2 for t, p in pairs], weights)
    return 1.0 - error / _mean([(t - centre) ** 2 for t, _ in pairs], weights)


def adjusted_r2(y_true, y_pred, n_features, weights=None):
    free = len(y_true) - n_features - 1
    share = r2(y_true, y_pred, weights)
    if n_features < 0 or free < 1:
        raise ValueError("too few rows")
    return 1.0 - (1.0 - share) * (len(y_true) - 1) / free
