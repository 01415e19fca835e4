"""Tables in which few columns tell something about the class, drawn from the run's seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ROWS, HIDDEN_ROWS = 1000, 3000
MAIN, COPIES, NOISE = 3, 2, 14  # main columns, copies of each, columns that tell nothing
SIGNALS = MAIN + 2
WEIGHTS = np.array([1.5, 1.3, 1.1])  # of the main columns
PAIR = 1.7  # of the product of the pair
BLUR = 0.36  # noise of a copy, in standard deviations of the column
LUCK = 0.6  # scale of what no column tells


@dataclass(frozen=True)
class World:
    """Rows to select on, rows that the candidate never sees, and what each column is."""

    X: Floats  # (ROWS, columns)
    y: Ints  # (ROWS,)
    hidden_X: Floats
    hidden_y: Ints
    signal: Ints  # of each column: 0 to SIGNALS - 1 for a signal or its copy, -1 for noise
    originals: Ints  # the columns that are signals themselves, signal after signal


def draw_world(rng: np.random.Generator) -> World:
    """Draw a world. Columns are shuffled, with means and units of their own; noise has the larger units."""
    total = ROWS + HIDDEN_ROWS
    main, pair = rng.normal(size=(total, MAIN)), rng.normal(size=(total, 2))
    signs = rng.choice([-1.0, 1.0], size=MAIN + 1)
    score = main @ (signs[:MAIN] * WEIGHTS) + signs[MAIN] * PAIR * pair[:, 0] * pair[:, 1]
    y = (score + LUCK * rng.logistic(size=total) > 0).astype(np.int64)
    copies = [main[:, [at]] + BLUR * rng.normal(size=(total, COPIES)) for at in range(MAIN)]
    columns = np.hstack([main, pair, *copies, rng.normal(size=(total, NOISE))])
    signal = np.concatenate([np.arange(SIGNALS), np.repeat(np.arange(MAIN), COPIES), np.full(NOISE, -1)])
    exponents = np.where(signal < 0, rng.uniform(0.0, 3.0, len(signal)), rng.uniform(-2.0, 1.0, len(signal)))
    means = rng.choice([-1.0, 1.0], len(signal)) * rng.uniform(8.0, 15.0, len(signal))
    X = (columns + means) * 10.0**exponents
    order = rng.permutation(len(signal))
    X, originals = X[:, order], np.argsort(order)[:SIGNALS]
    return World(X[:ROWS], y[:ROWS], X[ROWS:], y[ROWS:], signal[order], originals)
