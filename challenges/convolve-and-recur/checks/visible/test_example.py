"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import close, raises

IMAGE = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
KERNEL = np.array([[[[1.0, 0.0], [0.0, -2.0]]]])
INPUTS = np.array([[[1.0], [0.0]]])
WEIGHTS = (np.array([[0.5]]), np.array([[2.0]]), np.array([0.0]))
START = np.zeros((1, 1))


def test_convolution(candidate):
    """The convolutions in the example, with and without stride and padding."""
    close(candidate.conv2d(IMAGE, KERNEL), np.array([[[[-9.0, -10.0], [-12.0, -13.0]]]]), rtol=1e-6)
    padded = candidate.conv2d(IMAGE, KERNEL, stride=2, padding=1)
    close(padded, np.array([[[[-2.0, -6.0], [-14.0, -13.0]]]]), rtol=1e-6)


def test_gradients_of_the_convolution(candidate):
    """The gradients of the convolution in the example."""
    expected = (
        np.array([[[[1.0, 1.0, 0.0], [1.0, -1.0, -2.0], [0.0, -2.0, -2.0]]]]),
        np.array([[[[12.0, 16.0], [24.0, 28.0]]]]),
    )
    close(candidate.conv2d_backward(np.ones((1, 1, 2, 2)), IMAGE, KERNEL), expected, rtol=1e-6, atol=1e-8)


def test_recurrent_layer(candidate):
    """The two states in the example."""
    states = candidate.rnn(INPUTS, WEIGHTS, START)
    close(states, np.array([[[0.46211716], [0.7278944]]]), rtol=1e-6)


def test_gradients_of_the_recurrent_layer(candidate):
    """The gradients of the last state in the example."""
    grad = np.array([[[0.0], [1.0]]])
    expected = (
        np.array([[[0.36976392], [0.23508487]]]),
        (np.array([[0.73952785]]), np.array([[0.2172735]]), np.array([1.20969758])),
        np.array([[1.47905569]]),
    )
    close(candidate.rnn_backward(grad, INPUTS, WEIGHTS, START), expected, rtol=1e-6)


def test_stride_must_be_positive(candidate):
    """A stride of zero is an error."""
    with raises(candidate, ValueError):
        candidate.conv2d(IMAGE, KERNEL, stride=0)
