"""`conv2d`: agreement with plain loops, orientation, stride, padding, shapes, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import convolve

from grader.checks import close, raises

NEAR = {"rtol": 1e-6, "atol": 1e-8}


@pytest.mark.points(2)
@pytest.mark.hint("Windows start every `stride` pixels of the padded image, down and across.")
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 0), (1, 2), (3, 1), (2, 3)])
def test_several_images_channels_and_kernels(candidate, rng, stride, padding):
    """Several images, channels and kernels, none of them square."""
    images, kernels = rng.normal(size=(3, 2, 7, 9)), rng.normal(size=(4, 2, 3, 2))
    answer = candidate.conv2d(images, kernels, stride=stride, padding=padding)
    close(answer, convolve(images, kernels, stride, padding), **NEAR)


def test_defaults(candidate, rng):
    """Without further arguments the stride is 1 and nothing is padded."""
    images, kernels = rng.normal(size=(2, 3, 5, 4)), rng.normal(size=(2, 3, 2, 3))
    close(candidate.conv2d(images, kernels), convolve(images, kernels), **NEAR)


@pytest.mark.points(2)
@pytest.mark.hint("A mathematician's convolution turns the kernel by 180 degrees; this one does not.")
def test_kernel_is_not_flipped(candidate, rng):
    """A kernel with a single 1 picks out the pixel under that 1."""
    image = rng.normal(size=(1, 1, 6, 6))
    for u, v in ((0, 0), (0, 2), (2, 1)):
        kernel = np.zeros((1, 1, 3, 3))
        kernel[0, 0, u, v] = 1.0
        close(candidate.conv2d(image, kernel), image[:, :, u : u + 4, v : v + 4], **NEAR)


@pytest.mark.hint("Zeros, not copies of the border; on all four sides.")
def test_padding_is_zeros(candidate, rng):
    """Sums of ones show how much of each window lies in the image."""
    value = float(rng.uniform(1.0, 2.0))
    answer = candidate.conv2d(np.full((1, 1, 3, 4), value), np.ones((1, 1, 3, 3)), padding=1)
    inside = np.array([[4, 6, 6, 4], [6, 9, 9, 6], [4, 6, 6, 4]])
    close(answer, value * inside[None, None], **NEAR)


@pytest.mark.hint("Each kernel has a plane for each channel, and their sums are added up.")
def test_channels_are_added_up(candidate, rng):
    """The answer for two channels is the sum of the answers for one."""
    images, kernels = rng.normal(size=(2, 2, 5, 5)), rng.normal(size=(3, 2, 2, 2))
    parts = [convolve(images[:, [c]], kernels[:, [c]]) for c in (0, 1)]
    close(candidate.conv2d(images, kernels), parts[0] + parts[1], **NEAR)


def test_shifted_image_gives_a_shifted_answer(candidate, rng):
    """Shifting the image shifts the answer."""
    scene, kernels = rng.normal(size=(1, 2, 9, 9)), rng.normal(size=(2, 2, 3, 3))
    whole = convolve(scene, kernels)
    close(candidate.conv2d(scene[:, :, 2:, 1:], kernels), whole[:, :, 2:, 1:], **NEAR)


@pytest.mark.parametrize(
    "case", ["one pixel", "whole image", "whole padded image", "padding wider than kernel"]
)
def test_extreme_sizes(candidate, rng, case):
    """Kernels of one pixel, or as large as the image may be, and wide padding."""
    size, kernel, padding = {
        "one pixel": ((4, 5), (1, 1), 0),
        "whole image": ((4, 5), (4, 5), 0),
        "whole padded image": ((4, 3), (6, 5), 1),
        "padding wider than kernel": ((2, 3), (1, 2), 3),
    }[case]
    images, kernels = rng.normal(size=(2, 2, *size)), rng.normal(size=(3, 2, *kernel))
    for stride in (1, 4):
        answer = candidate.conv2d(images, kernels, stride, padding)
        close(answer, convolve(images, kernels, stride, padding), **NEAR)


@pytest.mark.parametrize(
    ("kernel", "stride", "padding"),
    [
        ((2, 1, 2, 2), 1, 0),
        ((2, 3, 2, 2), 1, 0),
        ((2, 2, 2, 2), 0, 0),
        ((2, 2, 2, 2), -1, 0),
        ((2, 2, 2, 2), 1, -1),
        ((2, 2, 5, 2), 1, 0),
        ((2, 2, 2, 6), 1, 0),
        ((2, 2, 7, 2), 1, 1),
    ],
)
def test_senseless_arguments(candidate, rng, kernel, stride, padding):
    """Other channels, a stride below 1, negative padding or too large a kernel is an error, both ways."""
    images, kernels = rng.normal(size=(2, 2, 4, 5)), rng.normal(size=kernel)
    with raises(candidate, ValueError):
        candidate.conv2d(images, kernels, stride, padding)
    rows, columns = (
        max((side + 2 * padding - window) // max(stride, 1) + 1, 1)
        for side, window in zip((4, 5), kernel[2:], strict=True)
    )
    with raises(candidate, ValueError):
        candidate.conv2d_backward(rng.normal(size=(2, 2, rows, columns)), images, kernels, stride, padding)
