"""NaN for everything, in the right shapes."""

import numpy as np


def conv2d(images, kernels, stride=1, padding=0):
    sides = zip(images.shape[2:], kernels.shape[2:], strict=True)
    rows, columns = ((side + 2 * padding - window) // stride + 1 for side, window in sides)
    return np.full((len(images), len(kernels), rows, columns), np.nan)


def conv2d_backward(grad, images, kernels, stride=1, padding=0):
    return np.full_like(images, np.nan), np.full_like(kernels, np.nan)


def rnn(inputs, weights, state):
    return np.full((*inputs.shape[:2], state.shape[1]), np.nan)


def rnn_backward(grad, inputs, weights, state):
    arrays = (inputs, *weights, state)
    d_inputs, *d_weights, d_state = (np.full_like(each, np.nan) for each in arrays)
    return d_inputs, tuple(d_weights), d_state


def first_symbol():
    return np.full((2, 1), np.nan), np.full((1, 1), np.nan), np.full(1, np.nan)
