"""`save` and `load`: the format, damage, content that makes no sense."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle

import numpy as np
import pytest
from oracle import blob_of, draw_model

from grader.checks import equal, holds, raises

INVALID = {
    "not a dict": lambda model: [model],
    "no version": lambda model: model.pop("version"),
    "empty version": lambda model: model.update(version=""),
    "number as version": lambda model: model.update(version=3),
    "one key more": lambda model: model.update(author="me"),
    "no features": lambda model: model.update(features=[], weights=[]),
    "features in a dict": lambda model: model.update(
        features={each["name"]: each for each in model["features"]}
    ),
    "feature without a range": lambda model: model["features"][1].pop("high"),
    "feature with one key more": lambda model: model["features"][0].update(unit="m"),
    "feature that is a text": lambda model: model["features"].__setitem__(2, "age"),
    "empty name": lambda model: model["features"][2].update(name=""),
    "number as name": lambda model: model["features"][0].update(name=7),
    "a name twice": lambda model: model["features"][2].update(name=model["features"][0]["name"]),
    "low equals high": lambda model: model["features"][1].update(low=2.5, high=2.5),
    "low above high": lambda model: model["features"][1].update(low=2.6, high=2.5),
    "integer low": lambda model: model["features"][0].update(low=-60),
    "infinite high": lambda model: model["features"][1].update(high=float("inf")),
    "one weight too few": lambda model: model["weights"].pop(),
    "one weight too many": lambda model: model["weights"].append(0.5),
    "weights in a text": lambda model: model.update(weights="abc"),
    "integer weight": lambda model: model["weights"].__setitem__(0, 1),
    "bool weight": lambda model: model["weights"].__setitem__(1, True),
    "NaN weight": lambda model: model["weights"].__setitem__(2, float("nan")),
    "infinite intercept": lambda model: model.update(intercept=float("-inf")),
    "integer intercept": lambda model: model.update(intercept=0),
    "no intercept": lambda model: model.update(intercept=None),
}


def broken(model, case):
    """A copy of the model with one rule broken."""
    changed = copy.deepcopy(model)
    change = INVALID[case](changed)
    return change if case == "not a dict" else changed


@pytest.mark.points(2)
def test_round_trip(candidate, rng):
    """Models of every size come back equal to the last bit."""
    for features in (1, 2, 7):
        model = draw_model(rng, features)
        equal(candidate.load(candidate.save(model)), model)
    model = draw_model(rng, 4)
    model["weights"] = [5e-324, 1.7976931348623157e308, 0.1 + 0.2, 1e22]
    equal(candidate.load(candidate.save(model)), model)


@pytest.mark.points(2)
@pytest.mark.hint(
    "A digest of 32 bytes (not its hexadecimal text), then JSON: nothing else, and never a pickle."
)
def test_format_of_the_blob(candidate, rng):
    """The blob is a digest and a JSON text."""
    model = draw_model(rng)
    blob = candidate.save(model)
    holds(type(blob) is bytes, "save returns bytes")
    equal(blob[:32], hashlib.sha256(blob[32:]).digest())
    equal(json.loads(blob[32:].decode("utf-8")), {"format": 1, "model": model})


@pytest.mark.hint("Only the content counts, not how its text is laid out.")
def test_other_layout(candidate, rng):
    """Blanks and another order of names make no difference."""
    model = draw_model(rng)
    content = json.dumps({"model": model, "format": 1}, indent=3, sort_keys=True, ensure_ascii=False)
    equal(candidate.load(blob_of(content.encode())), model)
    turned = {key: model[key] for key in reversed(model)}
    equal(candidate.load(blob_of({"model": turned, "format": 1})), model)


@pytest.mark.points(3)
@pytest.mark.hint("Compare the digest before you look at anything else.")
def test_damaged_blobs(candidate, rng):
    """Changed, lost and added bytes are a ValueError, wherever they are."""
    blob = candidate.save(draw_model(rng))
    holds(type(blob) is bytes and len(blob) > 32, "save returns bytes")
    places = [0, 31, 32, len(blob) - 1, *rng.integers(0, len(blob), 20).tolist()]
    damaged = [blob[:at] + bytes([blob[at] ^ int(rng.integers(1, 256))]) + blob[at + 1 :] for at in places]
    damaged += [blob[:length] for length in (0, 1, 31, 32, 33, len(blob) - 1)]
    damaged += [blob + b"\0", blob + b" ", b" " + blob, blob[32:], blob[32:] + blob[:32], rng.bytes(200)]
    for each in damaged:
        with raises(candidate, ValueError):
            candidate.load(each)


@pytest.mark.points(2)
@pytest.mark.hint(
    "The digest only says that nothing was damaged. Whoever made the blob can make a digest too."
)
def test_right_digest_around_nonsense(candidate, rng):
    """A right digest around something that is no stored model is a ValueError."""
    model = draw_model(rng)
    pickled = pickle.dumps({"format": 1, "model": model})
    for payload in (b"", b"{}", b"null", b"[1]", b'"model"', b"{", b"\xff\xfe", pickled, b"[" * 100_000):
        with raises(candidate, ValueError):
            candidate.load(blob_of(payload))
    for payload in ([1, model], {"model": model}, {"format": 2, "model": model}, {"format": 1}, model):
        with raises(candidate, ValueError):
            candidate.load(blob_of(payload))
    with raises(candidate, ValueError):
        candidate.load(blob_of({"format": 1, "model": None}))


@pytest.mark.points(3)
@pytest.mark.hint("Check the model that came out as strictly as you would a stranger's.")
def test_loads_no_invalid_model(candidate, rng):
    """A model that breaks a rule is a ValueError, however good the digest."""
    model = draw_model(rng)
    for case in INVALID:
        with raises(candidate, ValueError):
            candidate.load(blob_of({"format": 1, "model": broken(model, case)}))
    equal(candidate.load(blob_of({"format": 1, "model": model})), model)


@pytest.mark.points(2)
@pytest.mark.hint("The same rules hold on the way out and in: one function for both.")
def test_saves_no_invalid_model(candidate, rng):
    """What load would refuse, save refuses."""
    model = draw_model(rng)
    for case in INVALID:
        with raises(candidate, ValueError):
            candidate.save(broken(model, case))


def test_smallest_ranges(candidate, rng):
    """A range may be as small as floats allow."""
    model = draw_model(rng, 1)
    model["features"][0].update(low=1.0, high=float(np.nextafter(1.0, 2.0)))
    equal(candidate.load(candidate.save(model)), model)
