"""Both scores, counted out row by row, and skill against the best possible predictions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.generic]


def balanced_accuracy(truth: list[Any], predicted: list[Any]) -> float:
    """The mean over the true classes of the share of rows that are right, exactly."""
    rows: dict[Any, list[bool]] = {}
    for true, guess in zip(truth, predicted, strict=True):
        rows.setdefault(true, []).append(true == guess)
    shares = [Fraction(sum(right), len(right)) for right in rows.values()]
    return float(sum(shares, Fraction(0)) / len(shares))


def r_squared(truth: list[Any], predicted: list[Any]) -> float:
    """One less the squared error's share in the squared distance from the mean, exactly."""
    true = [Fraction(value) for value in truth]
    mean = sum(true, Fraction(0)) / len(true)
    left = sum(((a - Fraction(b)) ** 2 for a, b in zip(true, predicted, strict=True)), Fraction(0))
    return float(1 - left / sum(((value - mean) ** 2 for value in true), Fraction(0)))


def label_skill(predicted: Labels, truth: Labels, best: Labels) -> float:
    """Balanced accuracy over chance, as a share of that of the best predictions."""
    chance = 1 / len(np.unique(truth))
    reached, possible = (balanced_accuracy(truth.tolist(), one.tolist()) for one in (predicted, best))
    return (reached - chance) / (possible - chance)


def number_skill(predicted: Labels, truth: Labels, best: Labels) -> float:
    """R² as a share of that of the best predictions."""
    spread = np.sum((truth - np.mean(truth)) ** 2)
    reached, possible = (1 - np.sum((truth - one) ** 2) / spread for one in (predicted, best))
    return float(reached / possible)
