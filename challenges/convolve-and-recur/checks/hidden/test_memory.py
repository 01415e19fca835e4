"""`first_symbol`: what the layer remembers, run on the trusted side."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import array, holds, integer

A, B, BLANK = (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)


def weights_of(candidate):
    """The weights, after a look at their shapes and sizes."""
    answer = candidate.first_symbol()
    holds(type(answer) is tuple, "the answer is a tuple")
    entries = integer(len(answer))
    holds(entries == 3, "it has three entries")
    W, U, b = answer
    W = array(W, shape=(2, None))
    units = W.shape[1]
    holds(1 <= units <= 8, "there are 1 to 8 hidden units")
    U, b = array(U, shape=(units, units)), array(b, shape=(units,))
    largest = max(float(np.abs(each).max()) for each in (W, U, b))
    holds(largest <= 3.0, f"the largest weight is {largest:.3g}, more than 3")
    return W, U, b


def last(weights, sequence):
    """Entry 0 of the state after the last step, from zeros."""
    W, U, b = weights
    state = np.zeros(len(b))
    for x in sequence:
        state = np.tanh(np.array(x) @ W + state @ U + b)
    return float(state[0])


def remembers(weights, sequence):
    """Assert that the state tells the first symbol of the sequence."""
    value = last(weights, sequence)
    first = next(x for x in sequence if x != BLANK)
    right = value > 0.5 if first == A else value < -0.5
    holds(
        right,
        f"after {len(sequence)} steps the state is {value:.3g} and the first symbol was {'AB'[first == B]}",
    )


@pytest.mark.points(2)
@pytest.mark.hint("What keeps the state from fading while there are only blanks?")
def test_symbol_is_remembered_through_blanks(candidate):
    """A single symbol is remembered for up to 59 blanks, whether it comes early or late."""
    weights = weights_of(candidate)
    for symbol in (A, B):
        for before, after in ((0, 0), (0, 1), (0, 59), (1, 0), (59, 0), (30, 29)):
            remembers(weights, [BLANK] * before + [symbol] + [BLANK] * after)


@pytest.mark.points(2)
@pytest.mark.hint(
    "The unit's push on itself must outweigh any later symbol's push, however often that comes."
)
def test_first_symbol_wins(candidate):
    """Later symbols do not change what is remembered, however many there are."""
    weights = weights_of(candidate)
    for first, other in ((A, B), (B, A)):
        for following in (
            [other],
            [other] * 59,
            [BLANK, other, BLANK, other],
            [first, other, other],
            [other, first] * 20,
        ):
            remembers(weights, [first, *following])


def test_random_sequences(candidate, rng):
    """Random sequences of every length from 1 to 60."""
    weights = weights_of(candidate)
    for length in range(1, 61):
        shares = rng.dirichlet(np.ones(3))
        sequence = [(A, B, BLANK)[which] for which in rng.choice(3, size=length, p=shares)]
        sequence[int(rng.integers(length))] = (A, B)[int(rng.integers(2))]
        remembers(weights, sequence)
