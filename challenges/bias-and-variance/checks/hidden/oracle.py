"""Exact decomposition with fractions; curves with known truth, and the risk of each degree on them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev

Floats = npt.NDArray[np.float64]

HALF_RANGE = 35.0  # years from 1950 to 2020, as in the brief
MIDDLE = 1985.0


def parts(predictions: Floats, truth: Floats) -> tuple[Floats, Floats, Floats]:
    """Squared bias, variance and error per point, in exact arithmetic, by the definitions."""
    rows: list[tuple[float, float, float]] = []
    for j in range(predictions.shape[1]):
        values, target = [Fraction(float(value)) for value in predictions[:, j]], Fraction(float(truth[j]))
        mean = sum(values, Fraction(0)) / len(values)
        spread = sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)
        error = sum(((value - target) ** 2 for value in values), Fraction(0)) / len(values)
        rows.append((float((mean - target) ** 2), float(spread), float(error)))
    columns = np.array(rows).T
    return columns[0], columns[1], columns[2]


@dataclass(frozen=True)
class Task:
    """Noisy points on a polynomial curve, sorted by x."""

    x: Floats
    y: Floats
    degrees: list[int]
    curve: Floats  # coefficients of Chebyshev polynomials on the range, scaled to [-1, 1]
    noise: float  # standard deviation

    def inner(self) -> Floats:
        """x on the scale from -1 to 1."""
        return (self.x - MIDDLE) / HALF_RANGE


def draw_curve(rng: np.random.Generator, degree: int) -> Floats:
    """A polynomial of exactly this degree; unless constant, its standard deviation over the range is 1."""
    curve = rng.normal(size=degree + 1)
    curve[-1] = np.copysign(max(abs(curve[-1]), 1.0), curve[-1])
    return curve / values(curve).std() if degree else curve


def values(curve: Floats, at: Floats | None = None) -> Floats:
    """The curve over the whole range, or at given places."""
    return np.asarray(chebyshev.chebval(np.linspace(-1.0, 1.0, 201) if at is None else at, curve))


def draw_task(rng: np.random.Generator, degree: int, rows: int, noise: float, degrees: list[int]) -> Task:
    """One point in each of `rows` slices of the range, so that none of it is empty."""
    inner = 2.0 * (np.arange(rows) + rng.uniform(size=rows)) / rows - 1.0
    curve = draw_curve(rng, degree)
    y = values(curve, inner) + noise * rng.normal(size=rows)
    return Task(MIDDLE + HALF_RANGE * inner, y, degrees, curve, noise)


def draw_mixed_task(rng: np.random.Generator) -> Task:
    """A task of the metric: the true degree and the largest are always in the list, others may be missing."""
    degree, largest = int(rng.integers(0, 10)), 12
    degrees = [int(d) for d in rng.permutation(largest + 1) if d in (degree, largest) or rng.random() < 0.7]
    return draw_task(rng, degree, int(rng.integers(40, 81)), float(rng.uniform(0.3, 0.8)), degrees)


def excess(task: Task) -> dict[int, float]:
    """Per degree: risk less the smallest risk, in units of the noise's variance, at most 1."""
    risks = {}
    for degree in task.degrees:
        design = chebyshev.chebvander(task.inner(), degree)
        fitted = np.linalg.lstsq(design, task.y, rcond=None)[0]
        risks[degree] = float(np.mean((values(fitted) - values(task.curve)) ** 2))
    least = min(risks.values())
    return {degree: min((risk - least) / task.noise**2, 1.0) for degree, risk in risks.items()}
