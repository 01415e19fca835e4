"""A convolution and a recurrent layer, forwards and backwards. The brief is in README.md."""

from __future__ import annotations

import numpy as np

Weights = tuple[np.ndarray, np.ndarray, np.ndarray]


def conv2d(images: np.ndarray, kernels: np.ndarray, stride: int = 1, padding: int = 0) -> np.ndarray:
    """Slide each kernel, not flipped, over each image; shape (n, k, rows, columns).

    images: shape (n, c, H, W). kernels: shape (k, c, p, q). `padding` zeros go on every side.
    Raises ValueError if the channels differ, the stride is less than 1, the padding is negative
    or a kernel is larger than the padded image.
    """
    raise NotImplementedError


def conv2d_backward(
    grad: np.ndarray, images: np.ndarray, kernels: np.ndarray, stride: int = 1, padding: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Gradients of a loss with respect to images and kernels: (d_images, d_kernels).

    grad: the loss's gradient with respect to the answer of conv2d, and of its shape. Raises
    ValueError where conv2d does, and if grad has another shape.
    """
    raise NotImplementedError


def rnn(inputs: np.ndarray, weights: Weights, state: np.ndarray) -> np.ndarray:
    """All states tanh(input @ W + state @ U + b) after each step; shape (n, T, h).

    inputs: shape (n, T, d). weights: (W, U, b) of shapes (d, h), (h, h), (h,). state: the one
    before the first step, shape (n, h).
    """
    raise NotImplementedError


def rnn_backward(
    grad: np.ndarray, inputs: np.ndarray, weights: Weights, state: np.ndarray
) -> tuple[np.ndarray, Weights, np.ndarray]:
    """Back-propagation through time: (d_inputs, (d_W, d_U, d_b), d_state).

    grad: the loss's gradient with respect to each state that rnn returns, shape (n, T, h).
    """
    raise NotImplementedError


def first_symbol() -> Weights:
    """Weights (W, U, b), with d = 2, of a recurrent layer that remembers the first symbol.

    After the last step, entry 0 of the state is above 0.5 if [1, 0] came first and below -0.5
    if [0, 1] did.
    """
    raise NotImplementedError
