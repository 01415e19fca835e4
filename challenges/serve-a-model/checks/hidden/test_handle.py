"""`handle`: right answers, the limits, and requests that nobody should send."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from oracle import answers, body_of, draw_model, draw_rows, refuses, reply

from grader.checks import boolean, holds

SIMPLE = {
    "version": "7",
    "features": [{"name": "a", "low": -1.0, "high": 2.0}, {"name": "b", "low": 0.0, "high": 10.0}],
    "weights": [0.7, -0.3],
    "intercept": 0.2,
}
ERRORS = {
    "too_large", "not_json", "bad_request", "too_many_rows", "bad_row", "missing_feature", "unknown_feature",
    "not_a_number", "out_of_range",
}  # fmt: skip


@pytest.mark.points(2)
@pytest.mark.hint("Look values up by name: the order of names in a JSON object means nothing.")
def test_probabilities(candidate, rng):
    """Rows with their names in any order get their probabilities, in the order of the rows."""
    for features in (1, 3, 6):
        model = draw_model(rng, features)
        answers(candidate, model, draw_rows(rng, model, 5), identity="r-1")


@pytest.mark.hint("An answer must find its request: `id` goes back as it came.")
def test_identity(candidate, rng):
    """The id is that of the request, also an empty one, and null without one."""
    model = draw_model(rng)
    rows = draw_rows(rng, model, 1)
    for identity in (None, "", "r 17", 'ü"\\', None):
        answers(candidate, model, rows, identity)
    refuses(candidate, model, body_of("no list", id="r-2"), "bad_request", identity="r-2")
    refuses(candidate, model, body_of([[]], id="r-3"), "bad_row", 0, identity="r-3")


def test_bounds_are_included(candidate):
    """A value may be as low as low and as high as high, and an integer."""
    answers(candidate, SIMPLE, [{"a": -1, "b": 10}, {"a": 2.0, "b": 0.0}, {"a": 0, "b": 3}])
    for value in (math.nextafter(2.0, 3.0), math.nextafter(-1.0, -2.0), 3, -2):
        refuses(candidate, SIMPLE, body_of([{"a": value, "b": 1}]), "out_of_range", 0, "a")


def test_number_of_rows(candidate, rng):
    """No row is fine, and so are 100; 101 are too many."""
    model = draw_model(rng, 2)
    rows = draw_rows(rng, model, 101)
    answers(candidate, model, [])
    answers(candidate, model, rows[:100])
    refuses(candidate, model, body_of(rows), "too_many_rows")


def test_size_of_the_body(candidate, rng):
    """A body of 65,536 bytes is fine; one byte more is too large, whatever it holds."""
    model = draw_model(rng, 2)
    body = body_of(draw_rows(rng, model, 1), id="long").ljust(65_536)
    holds("probabilities" in reply(candidate, model, body), "65,536 bytes are answered")
    refuses(candidate, model, body + b" ", "too_large")
    refuses(candidate, model, b"\xff" * 65_537, "too_large")


@pytest.mark.points(2)
@pytest.mark.hint("exp(1000) is an OverflowError in Python's math and infinite in numpy.")
def test_extreme_scores(candidate):
    """Scores far from 0 give 0 or 1, not an error and not NaN."""
    model = {**SIMPLE, "weights": [500_000.0, 0.0], "intercept": 0.0}
    for value in (-1, 2.0, 0.002, -0.002, 1e-5, -1e-5, 0):
        answers(candidate, model, [{"a": value, "b": 1}])


NOT_JSON = [
    b"", b" ", b"{", b"rows", b"{'rows': []}", b'{"rows": []', b'{"rows": []}]', b'{"rows": [],}',
    b'{"rows": [] "id": "1"}', b'{"rows": []}\x00', b'\xff{"rows": []}', b'{"rows": [], "id": "\xe9"}',
    b'{"rows": [{"a": NaN, "b": 1}]}', b'{"rows": [{"a": Infinity, "b": 1}]}',
    b'{"rows": [{"a": 1, "b": -Infinity}]}', b'{"rows": [{"a": 01, "b": 1}]}',
    b'{"rows": [{"a": +1, "b": 1}]}', b'{"rows": [{"a": 1%s, "b": 1}]}' % (b"0" * 5000),
    b'{"rows": [{"a": 1, "a": 2, "b": 1}]}', b'{"rows": [], "rows": []}',
    b'{"rows": [{"a": 1, "b": 1}], "id": {"x": 1, "x": 1}}', b"[" * 60_000, b'{"rows":' * 8_000,
    '{"rows": []}'.encode("utf-16"), '{"rows": []}'.encode("utf-32"),
]  # fmt: skip


@pytest.mark.points(3)
@pytest.mark.hint("Python's json reads more than JSON, and raises more than ValueError.")
def test_bodies_that_are_not_json(candidate):
    """Text that is not JSON, other encodings, repeated names, deep nesting, endless numbers."""
    for body in NOT_JSON:
        refuses(candidate, SIMPLE, body, "not_json")


@pytest.mark.points(2)
@pytest.mark.hint("JSON may be a list, a number or null; `rows` may be anything.")
def test_requests_of_the_wrong_form(candidate):
    """JSON, but not an object with rows and perhaps an id."""
    for content in (
        None,
        True,
        7,
        "rows",
        [],
        [{"rows": []}],
        {},
        {"id": "1x"},
        {"ROWS": []},
        {"rows": None},
    ):
        identity = "1x" if content == {"id": "1x"} else None
        refuses(candidate, SIMPLE, json.dumps(content).encode(), "bad_request", identity=identity)
    for rows in ({}, {"a": 1, "b": 1}, "ab", 3, True):
        refuses(candidate, SIMPLE, body_of(rows), "bad_request")
    for identity in (None, 5, [], {}, True):
        refuses(candidate, SIMPLE, body_of([], id=identity), "bad_request")
    refuses(candidate, SIMPLE, body_of([], model="other"), "bad_request")
    refuses(candidate, SIMPLE, body_of([], id="1x", model="other"), "bad_request", identity="1x")


@pytest.mark.points(2)
@pytest.mark.hint("Missing names first, in the model's order; then unknown ones, in the row's.")
def test_rows_with_other_names(candidate):
    """Rows that are no objects, lack a feature or have one too many."""
    good = {"a": 1, "b": 1}
    for at, row in enumerate([None, 4, "ab", [1, 1], True]):
        refuses(candidate, SIMPLE, body_of([good] * at + [row]), "bad_row", at)
    refuses(candidate, SIMPLE, body_of([good, {}]), "missing_feature", 1, "a")
    refuses(candidate, SIMPLE, body_of([{"a": 1, "B": 1}]), "missing_feature", 0, "b")
    refuses(
        candidate, SIMPLE, body_of([good, good, {"a": 1, "z": 1, "y": 1, "b": 1}]), "unknown_feature", 2, "z"
    )
    refuses(candidate, SIMPLE, body_of([{"": 0, **good}]), "unknown_feature", 0, "")


@pytest.mark.points(3)
@pytest.mark.hint(
    "In Python True is an int, and 1e999 reads as infinity. Neither may turn into a probability."
)
def test_values_that_are_no_numbers(candidate):
    """Null, truth values, text and lists are not numbers; huge numbers are out of range."""
    for value in (None, True, False, "1", "NaN", "", [1], {"a": 1}):
        refuses(candidate, SIMPLE, body_of([{"a": value, "b": 1}]), "not_a_number", 0, "a")
        refuses(candidate, SIMPLE, body_of([{"a": 1, "b": 1}, {"b": value, "a": 1}]), "not_a_number", 1, "b")
    for literal in (b"1e999", b"-1e999", b"1" + b"0" * 400, b"-1" + b"0" * 400):
        refuses(candidate, SIMPLE, b'{"rows": [{"a": 1, "b": %s}]}' % literal, "out_of_range", 0, "b")


@pytest.mark.points(2)
@pytest.mark.hint("Row by row; names first, then the features in the model's order.")
def test_first_broken_rule(candidate):
    """Of several broken rules the first in the brief's order is named."""
    many = [{"a": 9}] * 101
    refuses(candidate, SIMPLE, body_of(many, id="x", more=1), "bad_request", identity="x")
    refuses(candidate, SIMPLE, body_of(many, id="x"), "too_many_rows", identity="x")
    refuses(candidate, SIMPLE, body_of([{"c": 1, "b": None}]), "missing_feature", 0, "a")
    refuses(candidate, SIMPLE, body_of([{"a": 9, "b": None, "c": 1}]), "unknown_feature", 0, "c")
    refuses(candidate, SIMPLE, body_of([{"b": None, "a": 9}]), "out_of_range", 0, "a")
    refuses(candidate, SIMPLE, body_of([{"b": -1, "a": "9"}]), "not_a_number", 0, "a")
    refuses(candidate, SIMPLE, body_of([{"a": 1, "b": 11}, [], {}]), "out_of_range", 0, "b")
    refuses(candidate, SIMPLE, body_of([{"a": 1, "b": 1}, {"a": 1}, None]), "missing_feature", 1, "b")


@pytest.mark.points(2)
@pytest.mark.hint("Some request still raises, or gets an answer that is none of the brief's.")
def test_random_bytes(candidate, rng):
    """Requests with bytes changed at random are answered, one way or the other."""
    model = draw_model(rng, 2)
    body = body_of(draw_rows(rng, model, 2), id="fuzz")
    for _ in range(60):
        changed = np.frombuffer(body, dtype=np.uint8).copy()
        places = rng.integers(0, len(body), int(rng.integers(1, 4)))
        changed[places] = rng.integers(0, 256, len(places))
        answer = reply(candidate, model, changed.tobytes())
        known = answer.get("error") in ERRORS or "probabilities" in answer
        holds(boolean(known), "the answer is a list of probabilities or a known error")


@pytest.mark.hint("Requests and models do not know of each other: keep nothing in globals.")
def test_requests_are_independent(candidate, rng):
    """After bad requests, and between models, good ones are answered as before."""
    one, other = draw_model(rng, 3), draw_model(rng, 3)
    rows, others = draw_rows(rng, one, 2), draw_rows(rng, other, 2)
    for _ in range(2):
        answers(candidate, one, rows, "one")
        refuses(candidate, one, b"{", "not_json")
        answers(candidate, other, others)
        refuses(candidate, other, body_of([None], id="other"), "bad_row", 0, identity="other")
