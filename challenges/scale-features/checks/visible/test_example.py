"""The worked example of the brief."""

from __future__ import annotations

import numpy as np

from grader.checks import close

X = np.array([[1.0, 50.0, 7.0], [2.0, np.nan, 7.0], [4.0, 10.0, 7.0], [9.0, 30.0, 7.0]])


def test_example_minmax(candidate):
    """The training rows on a scale from 0 to 1."""
    expected = np.array([[0.0, 1.0, 0.0], [0.125, np.nan, 0.0], [0.375, 0.0, 0.0], [1.0, 0.5, 0.0]])
    close(candidate.scale(candidate.fit_scaler(X, "minmax"), X), expected, rtol=1e-9, nan=True)


def test_example_new_row(candidate):
    """Another row, scaled by what the training rows said."""
    scaler = candidate.fit_scaler(X, "minmax")
    close(candidate.scale(scaler, np.array([[17.0, 20.0, 8.0]])), np.array([[2.0, 0.25, 1.0]]), rtol=1e-9)


def test_example_standard_and_robust(candidate):
    """The first column by mean and standard deviation, and by median and quartiles."""
    expected = {"standard": [-0.9733, -0.6489, 0.0, 1.6222], "robust": [-0.5714, -0.2857, 0.2857, 1.7143]}
    for kind, values in expected.items():
        scaled = candidate.scale(candidate.fit_scaler(X[:, :1], kind), X[:, :1])
        close(scaled, np.array(values)[:, None], atol=1e-4)
