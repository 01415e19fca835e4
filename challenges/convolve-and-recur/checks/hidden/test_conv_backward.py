"""`conv2d_backward`: central differences, an identity, pixels without a window, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import answer_size, conv_slopes, convolve

from grader.checks import array, close, raises

NEAR = {"rtol": 1e-6, "atol": 1e-8}


@pytest.mark.points(3)
@pytest.mark.hint("Every pixel gets a share from each window it lies in; windows may overlap.")
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 0), (1, 1), (2, 2), (3, 1)])
def test_central_differences(candidate, rng, stride, padding):
    """Both gradients agree with central differences."""
    images, kernels = rng.normal(size=(2, 2, 5, 4)), rng.normal(size=(3, 2, 2, 3))
    grad = rng.normal(size=(2, 3, *answer_size(images, kernels, stride, padding)))
    answer = candidate.conv2d_backward(grad, images, kernels, stride=stride, padding=padding)
    close(answer, conv_slopes(grad, images, kernels, stride, padding), **NEAR)


def test_defaults(candidate, rng):
    """Without further arguments the stride is 1 and nothing is padded."""
    images, kernels = rng.normal(size=(1, 2, 4, 3)), rng.normal(size=(2, 2, 2, 2))
    grad = rng.normal(size=(1, 2, 3, 2))
    close(candidate.conv2d_backward(grad, images, kernels), conv_slopes(grad, images, kernels, 1, 0), **NEAR)


@pytest.mark.points(2)
def test_gradients_are_adjoint(candidate, rng):
    """A convolution is linear in either argument, so inner products with its gradients are known."""
    for stride, padding in ((1, 1), (2, 0), (3, 4)):
        images, kernels = rng.normal(size=(3, 2, 9, 11)), rng.normal(size=(3, 2, 4, 3))
        grad = rng.normal(size=(3, 3, *answer_size(images, kernels, stride, padding)))
        d_images, d_kernels = candidate.conv2d_backward(grad, images, kernels, stride, padding)
        d_images, d_kernels = array(d_images, shape=images.shape), array(d_kernels, shape=kernels.shape)
        for _ in range(3):
            other, others = rng.normal(size=images.shape), rng.normal(size=kernels.shape)
            close(np.sum(d_images * other), np.sum(grad * convolve(other, kernels, stride, padding)), **NEAR)
            close(
                np.sum(d_kernels * others), np.sum(grad * convolve(images, others, stride, padding)), **NEAR
            )


@pytest.mark.hint("The gradient of an image has the shape of the image, used or not.")
def test_pixels_that_no_window_reaches(candidate, rng):
    """Rows and columns at the far end that no window reaches have gradient 0."""
    images, kernels = rng.normal(size=(1, 1, 6, 7)), rng.uniform(0.5, 1.0, size=(1, 1, 2, 2))
    d_images, _ = candidate.conv2d_backward(np.ones((1, 1, 2, 2)), images, kernels, 3, 0)
    expected = np.zeros((1, 1, 6, 7))
    for i, j in np.ndindex(2, 2):
        expected[0, 0, 3 * i : 3 * i + 2, 3 * j : 3 * j + 2] = kernels[0, 0]
    close(d_images, expected, **NEAR)


@pytest.mark.hint("The kernels are shared by all images and all windows.")
def test_kernels_learn_from_all_images(candidate, rng):
    """The kernels' gradient for two images is the sum of those for one; each image keeps its own."""
    images, kernels = rng.normal(size=(2, 1, 4, 4)), rng.normal(size=(2, 1, 3, 3))
    grad = rng.normal(size=(2, 2, 2, 2))
    parts = [conv_slopes(grad[[i]], images[[i]], kernels, 1, 0) for i in (0, 1)]
    d_images, d_kernels = candidate.conv2d_backward(grad, images, kernels)
    close(d_kernels, parts[0][1] + parts[1][1], **NEAR)
    close(d_images, np.concatenate([parts[0][0], parts[1][0]]), **NEAR)


@pytest.mark.parametrize(
    "shape", [(2, 2, 3, 1), (2, 2, 1, 3), (2, 1, 3, 3), (1, 2, 3, 3), (2, 3, 3, 3), (2, 2, 3)]
)
def test_gradient_of_another_shape(candidate, rng, shape):
    """A grad whose shape is not that of the answer, (2, 2, 3, 3) here, is an error."""
    images, kernels = rng.normal(size=(2, 1, 4, 5)), rng.normal(size=(2, 1, 2, 3))
    with raises(candidate, ValueError):
        candidate.conv2d_backward(rng.normal(size=shape), images, kernels)
