"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import json

import numpy as np

from grader.checks import close, equal, raises, text

MODEL = {
    "version": "2024-05",
    "features": [
        {"name": "age", "low": 18.0, "high": 100.0},
        {"name": "balance", "low": -5000.0, "high": 1e6},
    ],
    "weights": [0.05, -0.001],
    "intercept": -2.0,
}


def test_saved_and_loaded(candidate):
    """The model comes back as it was."""
    equal(candidate.load(candidate.save(MODEL)), MODEL)


def test_damaged_blob(candidate):
    """A blob without its last byte is an error."""
    blob = candidate.save(MODEL)
    with raises(candidate, ValueError):
        candidate.load(blob[:-1])


def test_good_request(candidate):
    """The request in the example."""
    body = b'{"id": "r-17", "rows": [{"age": 40, "balance": 1200.5}, {"balance": 0, "age": 61}]}'
    expected = {"id": "r-17", "version": "2024-05", "probabilities": [0.23138628122317487, 0.740774899182154]}
    close(json.loads(text(candidate.handle(MODEL, body))), expected, rtol=1e-9)


def test_age_out_of_range(candidate):
    """The request in the example with an age of 161."""
    body = b'{"id": "r-17", "rows": [{"age": 40, "balance": 1200.5}, {"balance": 0, "age": 161}]}'
    expected = {"id": "r-17", "version": "2024-05", "error": "out_of_range", "row": 1, "feature": "age"}
    equal(json.loads(text(candidate.handle(MODEL, body))), expected)


def test_no_alarm_on_four_rows(candidate):
    """The drift in the example."""
    answer = candidate.drift(np.array([[0.0], [10.0]]), np.array([[2.5], [11.5], [np.nan], [10.0]]))
    close(answer, {"psi": np.array([0.39461199]), "alarm": np.array([False])}, rtol=1e-6)
