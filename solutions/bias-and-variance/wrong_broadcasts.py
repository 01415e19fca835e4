"""Does not look at the shape of the truth, and numpy broadcasts it."""

from __future__ import annotations

import numpy as np
from numpy.polynomial.polynomial import polyvander


def decompose(predictions: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Squared bias, variance and expected squared error of each point."""
    if len(predictions) == 0:
        raise ValueError("there are no rounds")
    mean = predictions.mean(axis=0)
    bias2 = (mean - truth) ** 2
    variance = ((predictions - mean) ** 2).mean(axis=0)
    error = ((predictions - truth) ** 2).mean(axis=0)
    return bias2, variance, error


def pick_degree(x: np.ndarray, y: np.ndarray, degrees: list[int], seed: int) -> int:
    """The degree with the smallest leave-one-out error. Nothing is shuffled, so `seed` is not used."""
    # The first d + 1 columns of an orthonormal basis span the polynomials of degree d. The scale of a column
    # does not matter to QR, but its centre does: powers of numbers far from zero are all alike.
    basis, _ = np.linalg.qr(polyvander(x - x.mean(), max(degrees)))  # no degrees: max raises ValueError

    def left_out_error(degree: int) -> float:
        columns = basis[:, : degree + 1]
        leverage = (columns**2).sum(axis=1)
        residuals = y - columns @ (columns.T @ y)  # lengths that do not match: matmul raises ValueError
        # A point's residual, had it not been fitted, is its residual over one minus its leverage.
        return float(np.mean((residuals / (1 - leverage)) ** 2))

    return min(degrees, key=left_out_error)
