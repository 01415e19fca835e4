"""Loops that the brief forbids, found by comparing the candidate's code with itself.

Sending numbers into the sandbox takes time as well. So each call with much to compute is compared with one
that sends four times as many numbers and has next to nothing to compute: a large stride leaves a convolution
with a single window, one sequence of two very long inputs leaves the recurrent layer with two products.
Vectorised code takes about as long, loops take 40 times as long and more.
"""

from __future__ import annotations

import numpy as np
import pytest
from oracle import growth

from grader.checks import array, holds

MANY = 12_100  # images of one row and two columns, or sequences of two steps
SIDE = 111  # of an image with as many windows of 2 x 2
LIMIT = 12.0
PAIR = np.ones((1, 1, 1, 2))  # a kernel
SQUARE = np.ones((1, 1, 2, 2))

pytestmark = pytest.mark.hint("Which loop runs thousands of times? Let one numpy call do all its rounds.")


def quick(ratio):
    limit = f"the limit is {LIMIT:g}"
    holds(bool(ratio < LIMIT), f"{ratio:.1f} times as long as a call that has little to compute; {limit}")


def many_images(rng):
    """Many small images, and a single one of four times as many pixels."""
    return rng.normal(size=(MANY, 1, 1, 2)), rng.normal(size=(1, 1, 220, 440))


def layers(rng):
    """(inputs, weights, state) of many short sequences, and of one whose two inputs are very long."""
    U, b = np.ones((1, 1)), np.zeros(1)
    many = rng.normal(size=(MANY, 2, 1)), (np.ones((1, 1)), U, b), np.zeros((MANY, 1))
    little = rng.normal(size=(1, 2, 4 * MANY)), (np.ones((4 * MANY, 1)), U, b), np.zeros((1, 1))
    return many, little


@pytest.mark.points(2)
def test_many_images(candidate, rng):
    """conv2d does not loop over images."""
    many, large = many_images(rng)
    array(candidate.conv2d(many, PAIR), shape=(MANY, 1, 1, 1))
    quick(growth(candidate.conv2d, (many, PAIR), (large, PAIR, 440)))


@pytest.mark.points(2)
def test_large_image(candidate, rng):
    """conv2d does not loop over the rows and columns of the answer."""
    image, larger = rng.normal(size=(1, 1, SIDE, SIDE)), rng.normal(size=(1, 1, 2 * SIDE, 2 * SIDE))
    array(candidate.conv2d(image, SQUARE), shape=(1, 1, SIDE - 1, SIDE - 1))
    quick(growth(candidate.conv2d, (image, SQUARE), (larger, SQUARE, 2 * SIDE)))


@pytest.mark.points(2)
def test_many_images_backwards(candidate, rng):
    """conv2d_backward does not loop over images."""
    many, large = many_images(rng)
    grad, single = np.ones((MANY, 1, 1, 1)), np.ones((1, 1, 1, 1))
    array(candidate.conv2d_backward(grad, many, PAIR)[0], shape=many.shape)
    quick(growth(candidate.conv2d_backward, (grad, many, PAIR), (single, large, PAIR, 440)))


@pytest.mark.points(2)
def test_large_image_backwards(candidate, rng):
    """conv2d_backward does not loop over the rows and columns of the answer."""
    image, larger = rng.normal(size=(1, 1, SIDE, SIDE)), rng.normal(size=(1, 1, 2 * SIDE, 2 * SIDE))
    grad, single = np.ones((1, 1, SIDE - 1, SIDE - 1)), np.ones((1, 1, 1, 1))
    array(candidate.conv2d_backward(grad, image, SQUARE)[0], shape=image.shape)
    quick(growth(candidate.conv2d_backward, (grad, image, SQUARE), (single, larger, SQUARE, 2 * SIDE)))


@pytest.mark.points(2)
def test_many_sequences(candidate, rng):
    """rnn does not loop over sequences."""
    many, little = layers(rng)
    array(candidate.rnn(*many), shape=(MANY, 2, 1))
    quick(growth(candidate.rnn, many, little))


@pytest.mark.points(2)
def test_many_sequences_backwards(candidate, rng):
    """rnn_backward does not loop over sequences."""
    many, little = layers(rng)
    grad, single = np.ones((MANY, 2, 1)), np.ones((1, 2, 1))
    array(candidate.rnn_backward(grad, *many)[0], shape=(MANY, 2, 1))
    quick(growth(candidate.rnn_backward, (grad, *many), (single, *little)))
