"""Windows as a view and one tensor product each way; back-propagation through time in one backward loop."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Weights = tuple[np.ndarray, np.ndarray, np.ndarray]


def conv2d(images: np.ndarray, kernels: np.ndarray, stride: int = 1, padding: int = 0) -> np.ndarray:
    """Slide each kernel, not flipped, over each image; shape (n, k, rows, columns)."""
    windows = _windows(_padded(images, padding), kernels, stride)
    answer = np.tensordot(windows, kernels, axes=([1, 4, 5], [1, 2, 3]))
    return np.moveaxis(answer, 3, 1)


def conv2d_backward(
    grad: np.ndarray, images: np.ndarray, kernels: np.ndarray, stride: int = 1, padding: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Gradients of a loss with respect to images and kernels: (d_images, d_kernels)."""
    padded = _padded(images, padding)
    windows = _windows(padded, kernels, stride)
    rows, columns = windows.shape[2:4]
    if grad.shape != (len(images), len(kernels), rows, columns):
        raise ValueError(f"grad has shape {grad.shape}, which is not that of the answer")
    d_kernels = np.tensordot(grad, windows, axes=([0, 2, 3], [0, 2, 3]))
    d_padded = np.zeros_like(padded)
    for u, v in np.ndindex(kernels.shape[2:]):
        # What the forward pass read from here, the backward pass adds here.
        seen = d_padded[:, :, u : u + stride * rows : stride, v : v + stride * columns : stride]
        seen += np.moveaxis(np.tensordot(grad, kernels[:, :, u, v], axes=(1, 0)), 3, 1)
    height, width = images.shape[2:]
    return d_padded[:, :, padding : padding + height, padding : padding + width], d_kernels


def _padded(images: np.ndarray, padding: int) -> np.ndarray:
    return np.pad(images, ((0, 0), (0, 0), (padding, padding), (padding, padding)))  # refuses a negative one


def _windows(padded: np.ndarray, kernels: np.ndarray, stride: int) -> np.ndarray:
    """Every window under a kernel: a view of shape (n, c, rows, columns, p, q)."""
    if stride < 1:
        raise ValueError(f"the stride must be 1 or more, not {stride}")
    if kernels.shape[1] != padded.shape[1]:
        raise ValueError(f"kernels of {kernels.shape[1]} channels, images of {padded.shape[1]}")
    # This refuses a kernel that is larger than the padded image.
    windows = sliding_window_view(padded, kernels.shape[2:], axis=(2, 3))
    return windows[:, :, ::stride, ::stride]


def rnn(inputs: np.ndarray, weights: Weights, state: np.ndarray) -> np.ndarray:
    """All states after each step; shape (n, T, h)."""
    W, U, b = weights
    states = []
    for step in range(inputs.shape[1]):
        state = np.tanh(inputs[:, step] @ W + state @ U + b)
        states.append(state)
    return np.stack(states, axis=1)


def rnn_backward(
    grad: np.ndarray, inputs: np.ndarray, weights: Weights, state: np.ndarray
) -> tuple[np.ndarray, Weights, np.ndarray]:
    """Back-propagation through time: (d_inputs, (d_W, d_U, d_b), d_state)."""
    W, U, _ = weights
    states = rnn(inputs, weights, state)
    before = np.concatenate([state[:, None], states[:, :-1]], axis=1)
    slopes = np.empty_like(states)  # gradients with respect to the arguments of tanh
    later = np.zeros_like(state)  # what the following steps say about this state
    for step in reversed(range(inputs.shape[1])):
        slopes[:, step] = (grad[:, step] + later) * (1 - states[:, step] ** 2)
        later = slopes[:, step] @ U.T
    d_weights = (
        np.tensordot(inputs, slopes, axes=([0, 1], [0, 1])),
        np.tensordot(before, slopes, axes=([0, 1], [0, 1])),
        slopes.sum(axis=(0, 1)),
    )
    return slopes @ W.T, d_weights, later


def first_symbol() -> Weights:
    """One unit that keeps its side: its push on itself, 3, outweighs any later symbol's, 1."""
    return np.array([[1.0], [-1.0]]), np.array([[3.0]]), np.zeros(1)
