"""`rnn` and `rnn_backward`: single steps, long sequences, central differences, sums."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_layer, recur, rnn_slopes

from grader.checks import close

NEAR = {"rtol": 1e-6, "atol": 1e-8}


@pytest.mark.points(2)
@pytest.mark.hint("Each step starts from the state of the step before, the first from the one that is given.")
@pytest.mark.parametrize("steps", [1, 2, 9])
def test_states(candidate, rng, steps):
    """All states of several sequences, in order."""
    inputs, weights, state = draw_layer(rng, 3, steps, 2, 4)
    close(candidate.rnn(inputs, weights, state), recur(inputs, weights, state), **NEAR)


@pytest.mark.hint("Row vectors: inputs @ W and state @ U, without transposing.")
def test_one_unit_listens_to_another(candidate, rng):
    """With a single connection from unit 0 to unit 1, only unit 1 follows."""
    start = rng.uniform(0.3, 0.9, size=(1, 2))
    weights = (np.zeros((1, 2)), np.array([[0.0, 1.5], [0.0, 0.0]]), np.zeros(2))
    states = candidate.rnn(np.zeros((1, 2, 1)), weights, start)
    close(states, np.array([[[0.0, np.tanh(1.5 * start[0, 0])], [0.0, 0.0]]]), **NEAR)


@pytest.mark.hint("The state before the first step is an argument, not zeros.")
def test_goes_on_where_it_stopped(candidate, rng):
    """The second half, started from the last state of the first, is the second half of the whole."""
    inputs, weights, state = draw_layer(rng, 2, 8, 3, 3)
    whole = recur(inputs, weights, state)
    close(candidate.rnn(inputs[:, :5], weights, state), whole[:, :5], **NEAR)
    close(candidate.rnn(inputs[:, 5:], weights, whole[:, 4]), whole[:, 5:], **NEAR)


@pytest.mark.points(2)
def test_order_matters(candidate, rng):
    """The same inputs in another order lead to other states."""
    inputs, weights, state = draw_layer(rng, 1, 6, 2, 3)
    for order in (np.arange(6), np.arange(6)[::-1], rng.permutation(6)):
        close(
            candidate.rnn(inputs[:, order], weights, state), recur(inputs[:, order], weights, state), **NEAR
        )


@pytest.mark.points(3)
@pytest.mark.hint("A state acts on the loss directly and through the next state: add both.")
@pytest.mark.parametrize(("n", "steps", "d", "h"), [(1, 1, 1, 1), (1, 4, 2, 3), (3, 5, 2, 3), (2, 2, 3, 1)])
def test_central_differences(candidate, rng, n, steps, d, h):
    """All five gradients agree with central differences when every state counts."""
    inputs, weights, state = draw_layer(rng, n, steps, d, h)
    grad = rng.normal(size=(n, steps, h))
    close(
        candidate.rnn_backward(grad, inputs, weights, state), rnn_slopes(grad, inputs, weights, state), **NEAR
    )


@pytest.mark.points(3)
@pytest.mark.hint("Go back through all steps, to the initial state.")
def test_gradient_reaches_the_first_step(candidate, rng):
    """The last of 25 states still tells the first input, and the initial state, how to change."""
    inputs, weights, state = draw_layer(rng, 1, 25, 1, 2, strength=1.1)
    inputs, weights = 0.1 * inputs, (weights[0], weights[1], 0.1 * weights[2])  # tanh stays steep
    grad = np.zeros((1, 25, 2))
    grad[:, -1] = rng.choice([-1.0, 1.0], size=(1, 2)) * 100.0
    answer = candidate.rnn_backward(grad, inputs, weights, 0.1 * state)
    close(answer, rnn_slopes(grad, inputs, weights, 0.1 * state), rtol=1e-5, atol=1e-6)


@pytest.mark.hint("Nothing flows from a later step to a loss that looks at an earlier one.")
def test_later_inputs_do_not_matter(candidate, rng):
    """If only state 2 of 6 counts, inputs after it have gradient 0."""
    inputs, weights, state = draw_layer(rng, 2, 6, 2, 3)
    grad = np.zeros((2, 6, 3))
    grad[:, 2] = rng.normal(size=(2, 3))
    answer = candidate.rnn_backward(grad, inputs, weights, state)
    d_inputs, d_weights, d_state = rnn_slopes(grad[:, :3], inputs[:, :3], weights, state)
    padded = np.concatenate([d_inputs, np.zeros((2, 3, 2))], axis=1)
    close(answer, (padded, d_weights, d_state), **NEAR)
