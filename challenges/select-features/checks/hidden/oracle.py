"""What a selection is worth: the signals it covers, and the accuracy of a fixed model on it."""

from __future__ import annotations

import numpy as np
from worlds import SIGNALS, Floats, Ints, World


def signals_covered(chosen: Ints, signal: Ints) -> int:
    """How many different signals the chosen columns cover."""
    return len({int(name) for name in signal[chosen]} - {-1})


def share_covered(chosen: Ints, world: World) -> float:
    """The same as a share of all signals."""
    return signals_covered(chosen, world.signal) / SIGNALS


def accuracy_kept(chosen: Ints, world: World) -> float:
    """0 for always naming the more frequent class, 1 for the model on the original columns."""
    plain = max(float(world.hidden_y.mean()), 1.0 - float(world.hidden_y.mean()))
    return (_accuracy(chosen, world) - plain) / (_accuracy(world.originals, world) - plain)


def _accuracy(chosen: Ints, world: World) -> float:
    """Least squares on all terms up to degree two, fitted to the training rows, on the hidden ones."""
    known, asked = world.X[:, chosen], world.hidden_X[:, chosen]
    mean, spread = known.mean(axis=0), known.std(axis=0)
    weights = np.linalg.pinv(_terms((known - mean) / spread)) @ (2.0 * world.y - 1.0)
    predicted = _terms((asked - mean) / spread) @ weights > 0
    return float(np.mean(predicted == (world.hidden_y == 1)))


def _terms(Z: Floats) -> Floats:
    columns = [np.ones(len(Z)), *Z.T]
    for at in range(Z.shape[1]):
        columns += [Z[:, at] * Z[:, other] for other in range(at + 1)]
    return np.column_stack(columns)
