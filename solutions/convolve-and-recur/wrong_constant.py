"""A constant answer: zeros of the right shapes."""

import numpy as np


def conv2d(images, kernels, stride=1, padding=0):
    sides = zip(images.shape[2:], kernels.shape[2:], strict=True)
    rows, columns = ((side + 2 * padding - window) // stride + 1 for side, window in sides)
    return np.zeros((len(images), len(kernels), rows, columns))


def conv2d_backward(grad, images, kernels, stride=1, padding=0):
    return np.zeros_like(images), np.zeros_like(kernels)


def rnn(inputs, weights, state):
    return np.zeros((*inputs.shape[:2], state.shape[1]))


def rnn_backward(grad, inputs, weights, state):
    return np.zeros_like(inputs), tuple(map(np.zeros_like, weights)), np.zeros_like(state)


def first_symbol():
    return np.zeros((2, 1)), np.zeros((1, 1)), np.zeros(1)
