"""Tasks drawn from the run's seed: a rule of three thresholds, noise in the labels, idle columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HIDDEN_ROWS = 2000
COLUMNS = 12
NOISES = (0.1, 0.1, 0.2, 0.2, 0.3, 0.3)


@dataclass(frozen=True)
class Task:
    """Training rows, and new rows with their labels before noise."""

    X: Floats
    y: Ints
    new_X: Floats
    rule: Ints  # of the new rows, without noise
    noise: float

    def accuracy(self, predicted: Ints) -> float:
        """Accuracy on the new rows that is to be expected over the noise in their labels."""
        right = float(np.mean(predicted == self.rule))
        return right * (1.0 - self.noise) + (1.0 - right) * self.noise

    def skill(self, predicted: Ints) -> float:
        """0 for the more common class everywhere, 1 for the rule itself, over the rows at hand."""
        common = max(self.accuracy(np.full_like(self.rule, label)) for label in (0, 1))
        return (self.accuracy(predicted) - common) / (self.accuracy(self.rule) - common)


def draw_task(rng: np.random.Generator, rows: int, noise: float) -> Task:
    """Class 1 where at least two of three conditions hold, each a threshold on a column of its own."""
    X = rng.normal(size=(rows + HIDDEN_ROWS, COLUMNS))
    columns = rng.choice(COLUMNS, 3, replace=False)
    above = X[:, columns] > rng.uniform(-0.3, 0.3, 3)
    met = np.where(rng.random(3) < 0.5, above, ~above).sum(axis=1)
    rule = (met >= 2).astype(np.int64)
    X = X * 10.0 ** rng.uniform(-2, 2, COLUMNS) + rng.normal(size=COLUMNS)
    y = np.where(rng.random(len(rule)) < noise, 1 - rule, rule)
    return Task(X[:rows], y[:rows], X[rows:], rule[rows:], noise)
