"""Both layers in plain loops, gradients by central differences, and a stopwatch."""

from __future__ import annotations

import time

import numpy as np

STEP = 1e-5


def convolve(images, kernels, stride=1, padding=0):
    """The sum in the brief, window by window."""
    n, c, height, width = images.shape
    p, q = kernels.shape[2:]
    padded = np.zeros((n, c, height + 2 * padding, width + 2 * padding))
    padded[:, :, padding : padding + height, padding : padding + width] = images
    answer = np.empty((n, len(kernels), *answer_size(images, kernels, stride, padding)))
    for i, j in np.ndindex(answer.shape[2:]):
        window = padded[:, :, i * stride : i * stride + p, j * stride : j * stride + q]
        answer[:, :, i, j] = window.reshape(n, -1) @ kernels.reshape(len(kernels), -1).T
    return answer


def answer_size(images, kernels, stride, padding):
    """How many windows fit, down and across, found by trying."""
    sides = zip(images.shape[2:], kernels.shape[2:], strict=True)
    return tuple(len(range(0, side + 2 * padding - window + 1, stride)) for side, window in sides)


def recur(inputs, weights, state):
    """One sequence, one step and one unit at a time."""
    W, U, b = weights
    states = np.empty((*inputs.shape[:2], len(b)))
    for i, sequence in enumerate(inputs):
        now = list(state[i])
        for t, x in enumerate(sequence):
            now = [float(np.tanh(b[j] + x @ W[:, j] + np.array(now) @ U[:, j])) for j in range(len(b))]
            states[i, t] = now
    return states


def slope(loss, at):
    """The gradient of `loss` at the array `at` by central differences: an array of its shape."""
    gradient = np.empty_like(at)
    for place in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[place] = STEP
        gradient[place] = (loss(at + step) - loss(at - step)) / (2 * STEP)
    return gradient


def conv_slopes(grad, images, kernels, stride, padding):
    """What conv2d_backward must return."""
    return (
        slope(lambda each: np.sum(grad * convolve(each, kernels, stride, padding)), images),
        slope(lambda each: np.sum(grad * convolve(images, each, stride, padding)), kernels),
    )


def rnn_slopes(grad, inputs, weights, state):
    """What rnn_backward must return."""
    W, U, b = weights

    def loss(inputs=inputs, W=W, U=U, b=b, state=state):
        return np.sum(grad * recur(inputs, (W, U, b), state))

    return (
        slope(lambda each: loss(inputs=each), inputs),
        (
            slope(lambda each: loss(W=each), W),
            slope(lambda each: loss(U=each), U),
            slope(lambda each: loss(b=each), b),
        ),
        slope(lambda each: loss(state=each), state),
    )


def draw_layer(rng, n, steps, d, h, strength=0.8):
    """Inputs, weights and a state. U is a rotation times `strength`, so that gradients do not vanish."""
    rotation, _ = np.linalg.qr(rng.normal(size=(h, h)))
    weights = (rng.normal(size=(d, h)) * 0.5, strength * rotation, rng.normal(size=h) * 0.3)
    return rng.normal(size=(n, steps, d)), weights, rng.normal(size=(n, h)) * 0.5


def growth(call, many, little, rounds=6):
    """How many times as long as `call(*little)` does `call(*many)` take, each at its quickest?

    A busy machine makes calls slower, never quicker, so the quickest of all rounds counts; `little` has four
    calls in each.
    """
    times = {"many": [], "little": []}
    for _ in range(rounds):
        for name, arguments in (
            ("little", little),
            ("little", little),
            ("many", many),
            *[("little", little)] * 2,
        ):
            start = time.perf_counter()
            call(*arguments)
            times[name].append(time.perf_counter() - start)
    return min(times["many"]) / min(times["little"])
