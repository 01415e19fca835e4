"""Checks at every border: of the model on its way out and in, of each request rule by rule."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from typing import Any, NoReturn

import numpy as np

Model = dict[str, Any]

DIGEST_BYTES = 32
BODY_LIMIT = 65_536
ROW_LIMIT = 100
DECILES = np.arange(1, 10) / 10


def save(model: Model) -> bytes:
    """The SHA-256 digest of the JSON text that follows it."""
    _require_valid(model)
    content = json.dumps({"format": 1, "model": model}).encode()
    return hashlib.sha256(content).digest() + content


def load(blob: bytes) -> Model:
    """The model that `save` made these bytes of."""
    digest, content = blob[:DIGEST_BYTES], blob[DIGEST_BYTES:]
    if hashlib.sha256(content).digest() != digest:
        raise ValueError("the digest is not that of the content")
    stored = _read_json(content)
    if not isinstance(stored, dict) or stored.get("format") != 1:
        raise ValueError("this is not format 1")
    model = stored.get("model")
    _require_valid(model)
    return model


def _require_valid(model: Any) -> None:
    if not _has_keys(model, {"version", "features", "weights", "intercept"}):
        raise ValueError("a model has a version, features, weights and an intercept")
    if not _is_text(model["version"]):
        raise ValueError("the version is a text")
    features, weights = model["features"], model["weights"]
    if not isinstance(features, list) or not features:
        raise ValueError("the features are a list, not an empty one")
    if not all(_has_keys(feature, {"name", "low", "high"}) for feature in features):
        raise ValueError("a feature has a name and a range")
    names = [feature["name"] for feature in features]
    if not all(map(_is_text, names)) or len(set(names)) < len(names):
        raise ValueError("names are texts, all different")
    if not isinstance(weights, list) or len(weights) != len(features):
        raise ValueError("there is one weight for each feature")
    bounds = [feature[end] for feature in features for end in ("low", "high")]
    if not all(
        type(number) is float and math.isfinite(number) for number in [model["intercept"], *weights, *bounds]
    ):
        raise ValueError("numbers are finite floats")
    if not all(feature["low"] < feature["high"] for feature in features):
        raise ValueError("low is less than high")


def _has_keys(value: Any, keys: set[str]) -> bool:
    return isinstance(value, dict) and set(value) == keys


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _read_json(content: bytes) -> Any:
    """JSON and nothing more: Python's parser also takes NaN and repeated names. Raises ValueError."""
    try:
        return json.loads(content.decode(), parse_constant=_refuse, object_pairs_hook=_object)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if any(count > 1 for count in Counter(name for name, _ in pairs).values()):
        raise ValueError("a name is there twice")
    return dict(pairs)


class _Refused(Exception):
    """A request that breaks a rule: its error code, row and feature."""

    def __init__(self, error: str, row: int | None = None, feature: str | None = None) -> None:
        self.answer = {"error": error, "row": row, "feature": feature}


def handle(model: Model, body: bytes) -> str:
    """Answer one request: probabilities, or the first rule that it breaks."""
    answer = {"id": None, "version": model["version"]}
    try:
        request = _parse(body)
        if isinstance(request, dict) and isinstance(request.get("id"), str):
            answer["id"] = request["id"]
        _require_form(request)
        for at, row in enumerate(request["rows"]):
            _require_features(model, at, row)
        answer["probabilities"] = [_probability(model, row) for row in request["rows"]]
    except _Refused as refused:
        answer |= refused.answer
    return json.dumps(answer)


def _parse(body: bytes) -> Any:
    if len(body) > BODY_LIMIT:
        raise _Refused("too_large")
    try:
        return _read_json(body)
    except ValueError:
        raise _Refused("not_json") from None


def _require_form(request: Any) -> None:
    if not _has_keys(request, {"rows"}) and not _has_keys(request, {"id", "rows"}):
        raise _Refused("bad_request")
    if not isinstance(request["rows"], list) or not isinstance(request.get("id", ""), str):
        raise _Refused("bad_request")
    if len(request["rows"]) > ROW_LIMIT:
        raise _Refused("too_many_rows")


def _require_features(model: Model, at: int, row: Any) -> None:
    if not isinstance(row, dict):
        raise _Refused("bad_row", at)
    names = [feature["name"] for feature in model["features"]]
    for name in names:
        if name not in row:
            raise _Refused("missing_feature", at, name)
    for name in row:
        if name not in names:
            raise _Refused("unknown_feature", at, name)
    for feature in model["features"]:
        value = row[feature["name"]]
        if type(value) not in (int, float):  # a bool is an int, but not this type
            raise _Refused("not_a_number", at, feature["name"])
        if not feature["low"] <= value <= feature["high"]:
            raise _Refused("out_of_range", at, feature["name"])


def _probability(model: Model, row: dict[str, float]) -> float:
    pairs = zip(model["weights"], model["features"], strict=True)
    z = model["intercept"] + sum(weight * row[feature["name"]] for weight, feature in pairs)
    small = math.exp(-abs(z))  # never overflows
    return 1 / (1 + small) if z > 0 else small / (1 + small)


def drift(reference: np.ndarray, live: np.ndarray) -> dict[str, np.ndarray]:
    """PSI of each column, and whether it is cause for alarm."""
    if not len(reference) or not len(live):
        raise ValueError("a table has no rows")
    by_chance = 1 / len(reference) + 1 / len(live)
    psi, alarm = [], []
    for before, now in zip(reference.T, live.T, strict=True):  # refuses different numbers of columns
        present = before[~np.isnan(before)]
        edges = np.unique(np.quantile(present, DECILES)) if len(present) else np.empty(0)
        expected, actual = _shares(before, edges), _shares(now, edges)
        index = np.sum((actual - expected) * np.log(actual / expected))
        psi.append(index)
        alarm.append(index > max(0.1, 3 * (len(expected) - 1) * by_chance))
    return {"psi": np.array(psi), "alarm": np.array(alarm)}


def _shares(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """The share of each bin between the edges, and of missing values."""
    missing = np.isnan(values)
    bins = np.searchsorted(edges, values[~missing])
    counts = np.append(np.bincount(bins, minlength=len(edges) + 1), missing.sum())
    return (counts + 0.5) / (len(values) + 0.5 * len(counts))
