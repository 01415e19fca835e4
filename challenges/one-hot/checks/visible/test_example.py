"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import equal, raises

TRAIN = [
    {"colour": "red", "doors": 4},
    {"colour": "blue", "doors": 10},
    {"colour": "red"},
    {"doors": 4, "colour": "green"},
]


def test_names(candidate):
    """Columns and levels of the example, in order."""
    expected = [("colour", level) for level in ("blue", "green", "red")]
    expected += [("doors", level) for level in (4, 10, None)]
    equal(candidate.names(candidate.fit_encoder(TRAIN)), expected)


def test_encoding(candidate):
    """New rows of the example, with a colour and a number of doors that training did not have."""
    rows = [{"colour": "green", "doors": 10}, {"colour": "pink", "doors": None}, {"doors": 5}]
    expected = np.array([[0.0, 1, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]])
    equal(candidate.encode(candidate.fit_encoder(TRAIN), rows), expected)


def test_first_level_dropped(candidate):
    """The example without the first level of each column."""
    encoder = candidate.fit_encoder(TRAIN, drop_first=True)
    equal(candidate.names(encoder), [("colour", "green"), ("colour", "red"), ("doors", 10), ("doors", None)])
    equal(candidate.encode(encoder, [{"colour": "blue", "doors": 10}]), np.array([[0.0, 0, 1, 0]]))


def test_no_rows_to_learn_from(candidate):
    """Nothing to learn from is an error."""
    with raises(candidate, ValueError):
        candidate.fit_encoder([])
