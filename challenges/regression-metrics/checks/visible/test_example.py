"""The worked examples of the brief."""

from __future__ import annotations

import numpy as np

from grader.checks import close

TRUE = np.array([3.0, 5.0, 7.0, 9.0])
PRED = np.array([2.0, 5.0, 8.0, 12.0])


def test_example_one_output(candidate):
    """The four metrics of one output."""
    close(candidate.mae(TRUE, PRED), 1.25, atol=1e-4)
    close(candidate.rmse(TRUE, PRED), 1.6583, atol=1e-4)
    close(candidate.r2(TRUE, PRED), 0.45, atol=1e-4)
    close(candidate.adjusted_r2(TRUE, PRED, 1), 0.175, atol=1e-4)


def test_example_weights(candidate):
    """A row of weight 0 does not count."""
    close(candidate.mae(TRUE, PRED, np.array([1, 1, 1, 0])), 0.6667, atol=1e-4)


def test_example_two_outputs(candidate):
    """Two outputs, the second predicted perfectly."""
    true, pred = np.stack([TRUE, TRUE], axis=1), np.stack([PRED, TRUE], axis=1)
    close(candidate.rmse(true, pred), 1.1726, atol=1e-4)
    close(candidate.r2(true, pred), 0.725, atol=1e-4)
