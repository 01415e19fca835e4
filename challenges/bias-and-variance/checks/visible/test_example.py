"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import close, equal, raises

PREDICTIONS = np.array([[1.0, 2.0], [3.0, 2.0], [2.0, 5.0]])
TRUTH = np.array([1.0, 3.0])


def test_three_parts(candidate):
    """Squared bias, variance and error of the example."""
    expected = (np.array([1.0, 0.0]), np.array([2 / 3, 2.0]), np.array([5 / 3, 2.0]))
    close(candidate.decompose(PREDICTIONS, TRUTH), expected, rtol=1e-9, atol=1e-12)


def test_truth_for_another_number_of_points(candidate):
    """A truth that does not fit the predictions is an error."""
    with raises(candidate, ValueError):
        candidate.decompose(PREDICTIONS, np.array([1.0]))


def test_parabola(candidate):
    """The degree of a parabola with some ripple."""
    x = np.arange(1990.0, 2020.0)
    y = (x - 2004.0) ** 2 / 50.0 + 0.1 * np.cos(7.0 * x)
    equal(candidate.pick_degree(x, y, [0, 1, 2], seed=0), 2)
