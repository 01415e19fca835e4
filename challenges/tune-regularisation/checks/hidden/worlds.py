"""Regression tasks drawn from the run's seed. Which degree and penalty are best differs from kind to kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

HIDDEN_ROWS = 1000


@dataclass(frozen=True)
class Kind:
    """A kind of task.

    `degree` is that of the true surface, `noise` the share of noise in the variance of y, `offset` how far
    from zero the columns lie, in standard deviations: far from zero a column and its square nearly coincide.
    """

    rows: int
    features: int
    degree: int
    noise: float
    offset: float


NOISY = Kind(rows=110, features=25, degree=1, noise=0.80, offset=1.0)  # a strong penalty is best
CURVED = Kind(rows=153, features=8, degree=2, noise=0.20, offset=1.0)
STEEP = Kind(rows=201, features=6, degree=2, noise=0.003, offset=9.0)  # a weak penalty is best
KINDS = {"noisy": NOISY, "curved": CURVED, "steep": STEEP}


@dataclass(frozen=True)
class Task:
    """Training rows, and rows that the candidate never sees."""

    X: Floats  # (rows, features)
    y: Floats  # (rows,)
    hidden_X: Floats  # (HIDDEN_ROWS, features)
    hidden_y: Floats  # (HIDDEN_ROWS,)


def draw_task(kind: Kind, rng: np.random.Generator) -> Task:
    """Draw a task. Columns have units of their own, from hundredths to thousands."""
    rows = kind.rows + HIDDEN_ROWS
    inner = rng.uniform(-1.0, 1.0, size=(rows, kind.features)) * np.sqrt(3.0)
    inner[:, 1] = 0.8 * inner[:, 0] + 0.6 * inner[:, 1]  # two columns that go together
    signal = _surface(inner, kind.degree, rng)
    signal = (signal - signal.mean()) / signal.std()
    y = np.sqrt(1.0 - kind.noise) * signal + np.sqrt(kind.noise) * rng.normal(size=rows)
    units = 10.0 ** rng.uniform(-2.0, 3.0, size=kind.features)
    X = (inner + kind.offset * rng.uniform(0.5, 1.0, size=kind.features)) * units
    y = 10.0 ** rng.uniform(-1.0, 2.0) * (y + rng.uniform(-3.0, 3.0))
    return Task(X[: kind.rows], y[: kind.rows], X[kind.rows :], y[kind.rows :])


def _surface(inner: Floats, degree: int, rng: np.random.Generator) -> Floats:
    """A random polynomial: every column once, and for each higher degree as many random products."""
    features = inner.shape[1]
    signal = inner @ rng.normal(size=features)
    for power in range(2, degree + 1):
        for _ in range(features):
            columns = rng.choice(features, size=power)
            signal = signal + rng.normal() * inner[:, columns].prod(axis=1)
    return np.asarray(signal, dtype=np.float64)
