"""Worlds of mail, drawn from the run's seed: which words mark spam differs from world to world.

A message has a length that tells nothing, and that many words drawn by the frequencies of its class. So the
best rule there is adds up points per word, and is known here exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WORDS = 50
MARKS = 9  # words that are more frequent in spam, and as many that are more frequent in ham
SHORT, LONG = (4, 16), (10, 30)  # lengths of messages, both ends included


@dataclass(frozen=True)
class World:
    """Word frequencies in ham (row 0) and in spam (row 1), the share of spam, and the range of lengths."""

    frequencies: Floats  # (2, WORDS)
    spam_share: float
    lengths: tuple[int, int]


@dataclass(frozen=True)
class Mail:
    """Messages as word counts, and their true classes."""

    X: Ints  # (rows, WORDS)
    y: Ints  # (rows,)


def draw_world(
    rng: np.random.Generator, share: float = 0.5, lengths: tuple[int, int] = LONG, rule_holds: bool = False
) -> World:
    """Draw a world.

    The words of the hand-written rule (columns 0, 1 and 2) are strong marks of spam if `rule_holds`;
    otherwise two of them mark ham and the third marks nothing.
    """
    common = rng.permutation(1.0 / np.arange(10.0, 10.0 + WORDS))
    marks = 3 + rng.permutation(WORDS - 3)
    spam, ham = marks[:MARKS], marks[MARKS : 2 * MARKS]
    given = rng.permutation(3)
    strength = rng.uniform(0.35, 0.75, size=(2, MARKS))  # half the logarithm of the ratio between the classes
    if rule_holds:
        spam = np.concatenate([given, spam[3:]])
        common[given], strength[0, :3] = common.max(), 0.75
    else:
        ham = np.concatenate([given[:2], ham[2:]])
    tilt = np.zeros(WORDS)
    tilt[spam], tilt[ham] = strength[0], -strength[1]
    frequencies = np.stack([common * np.exp(-tilt), common * np.exp(tilt)])
    return World(frequencies / frequencies.sum(axis=1, keepdims=True), share, lengths)


def draw_mail(world: World, rows: int, rng: np.random.Generator) -> Mail:
    """Draw messages in random order."""
    y = (rng.random(rows) < world.spam_share).astype(np.int64)
    low, high = world.lengths
    lengths = rng.integers(low, high + 1, rows)
    return Mail(rng.multinomial(lengths, world.frequencies[y]).astype(np.int64), y)
