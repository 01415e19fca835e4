"""Tables of mixed columns and targets in many guises, drawn from the run's seed.

Each world has its own units, levels and weights. A target is one of several kinds without an order, or an
amount; in which dtype it is written down is the guise, and is what the task is about.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TRAIN_ROWS, NEW_ROWS = 700, 1000
NUMBERS = 3
LEVELS = ("amber", "basalt", "cobalt", "dune", "elm", "flint", "garnet", "heath")
KINDS = ("crab", "dolphin", "eel", "finch", "gull", "heron", "ibis", "jay")
CLASSES = 4
LOST = 0.05  # of the cells of X, in training and new rows
NO_TARGET = 0.1  # of the rows, in the guises with holes

LABEL_GUISES = ("text", "categories", "truth values", "integer codes", "codes with holes")
NUMBER_GUISES = ("amounts", "whole amounts", "whole amounts with holes")


@dataclass(frozen=True)
class Task:
    """Rows to learn from, and new rows with their true target and the best that can be said about it."""

    X: pd.DataFrame
    y: pd.Series
    new_X: pd.DataFrame
    new_y: npt.NDArray[np.generic]  # labels or amounts as `predict` should give them
    best: npt.NDArray[np.generic]  # predictions of whoever knows the world and sees every cell


def label_task(guise: str, rng: np.random.Generator) -> Task:
    """A target of kinds. Which kind a row has follows a multinomial logit of its columns."""
    table, blocks = _draw_columns(rng)
    scores = 3.0 * _signal(blocks, 2 if guise == "truth values" else CLASSES, rng)
    drawn = np.argmax(scores + rng.gumbel(size=scores.shape), axis=1)
    names = _names(guise, rng)
    return _split(table, names[drawn], names[np.argmax(scores, axis=1)], guise, rng)


def number_task(guise: str, rng: np.random.Generator) -> Task:
    """A target of amounts: a weighted sum of the columns and noise, in units of its own."""
    table, blocks = _draw_columns(rng)
    signal = _signal(blocks, 1, rng)[:, 0]
    amounts = signal + 0.7 * rng.normal(size=len(signal))
    unit, level = 10.0 ** rng.uniform(2.6, 3.2), rng.uniform(-4.0, 4.0)
    y, best = unit * (amounts + level), unit * (signal + level)
    if guise == "whole amounts":
        return _split(table, np.rint(y).astype(np.int64), best, guise, rng)
    return _split(table, y if guise == "amounts" else np.rint(y), best, guise, rng)


def _signal(blocks: tuple[Floats, Floats], targets: int, rng: np.random.Generator) -> Floats:
    """Random weighted sums, one per target. Numbers and levels have equal parts in each."""
    parts = [block @ rng.normal(size=(block.shape[1], targets)) for block in blocks]
    return sum((part - part.mean(axis=0)) / part.std(axis=0) for part in parts)


def _names(guise: str, rng: np.random.Generator) -> npt.NDArray[np.generic]:
    """What the kinds are called. Codes are in no order that means anything."""
    if guise == "truth values":
        return np.array([False, True])
    if guise in ("text", "categories"):
        return rng.choice(np.array(KINDS), CLASSES, replace=False)
    codes = rng.choice(np.arange(-3, 12), CLASSES, replace=False)
    return codes.astype(np.float64) if guise == "codes with holes" else codes


def _draw_columns(rng: np.random.Generator) -> tuple[pd.DataFrame, tuple[Floats, Floats]]:
    """A table of mixed columns; its numbers without units, and its levels as 0 and 1."""
    rows = TRAIN_ROWS + NEW_ROWS
    inner = rng.normal(size=(rows, NUMBERS))
    units = 10.0 ** rng.uniform(-3.0, 4.0, NUMBERS)
    numbers = (inner + rng.uniform(-5.0, 5.0, NUMBERS)) * units
    counts = rng.integers(0, 60, rows)
    text, kind = rng.integers(0, 3, rows), rng.integers(0, 4, rows)
    names = rng.permutation(np.array(LEVELS))
    columns = {f"number {at}": numbers[:, at] for at in range(NUMBERS)}
    columns["count"] = counts
    columns["text"] = pd.Series(names[:3][text], dtype="str")
    columns["category"] = pd.Categorical.from_codes(kind, categories=sorted(names[3:7]))
    order = [str(name) for name in rng.permutation(np.array(list(columns)))]
    table = pd.DataFrame(columns)[order]
    levels = np.hstack([np.eye(3)[text], np.eye(4)[kind]])
    return table, (np.column_stack([inner, (counts - 29.5) / 17.3]), levels)


def _split(
    table: pd.DataFrame,
    y: npt.NDArray[np.generic],
    best: npt.NDArray[np.generic],
    guise: str,
    rng: np.random.Generator,
) -> Task:
    """Take cells out, number the rows at random, and part training rows from new ones."""
    lost = pd.DataFrame(rng.random(table.shape) < LOST, columns=table.columns)
    lost["count"] = False  # whole numbers cannot be missing without becoming floats
    labels = [f"r{number}" for number in rng.permutation(10 * len(table))[: len(table)]]
    X = table.mask(lost).set_axis(labels, axis=0)
    train = slice(None, TRAIN_ROWS)
    target = pd.Series(y[train], index=labels[train], name="target")
    if guise == "text":
        target = target.astype("str")
    if guise == "categories":
        target = target.astype("category")
    if guise.endswith("holes"):
        target = target.mask(rng.random(TRAIN_ROWS) < NO_TARGET)
    return Task(X.iloc[train], target, X.iloc[TRAIN_ROWS:], y[TRAIN_ROWS:], best[TRAIN_ROWS:])
