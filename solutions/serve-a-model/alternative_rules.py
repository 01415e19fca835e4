"""Rules as tables of tests; drift by comparing every value with every edge."""

import hashlib
import json

import numpy as np


def number(value):
    return type(value) is float and abs(value) < float("inf")


def word(value):
    return type(value) is str and len(value) > 0


def feature_is_valid(feature):
    return (
        type(feature) is dict
        and sorted(feature) == ["high", "low", "name"]
        and word(feature["name"])
        and number(feature["low"])
        and number(feature["high"])
        and feature["high"] > feature["low"]
    )


def checked(model):
    """The model, if it keeps every rule."""
    valid = (
        type(model) is dict
        and sorted(model) == ["features", "intercept", "version", "weights"]
        and word(model["version"])
        and number(model["intercept"])
        and type(model["features"]) is list
        and type(model["weights"]) is list
        and len(model["features"]) == len(model["weights"]) > 0
        and all(number(weight) for weight in model["weights"])
        and all(feature_is_valid(feature) for feature in model["features"])
        and len({feature["name"] for feature in model["features"]}) == len(model["features"])
    )
    if not valid:
        raise ValueError("not a valid model")
    return model


def no_repeats(pairs):
    found = {}
    for name, value in pairs:
        if name in found:
            raise ValueError("repeated name")
        found[name] = value
    return found


def no_constants(text):
    raise ValueError(text)


DECODER = json.JSONDecoder(object_pairs_hook=no_repeats, parse_constant=no_constants)


def parse(content):
    try:
        return DECODER.decode(str(content, "utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None


def save(model):
    text = json.dumps({"model": checked(model), "format": 1}, ensure_ascii=False, separators=(",", ":"))
    content = text.encode("utf-8")
    return hashlib.sha256(content).digest() + content


def load(blob):
    if len(blob) < 32 or blob[:32] != hashlib.sha256(blob[32:]).digest():
        raise ValueError("damaged")
    content = parse(blob[32:])
    if type(content) is not dict or "model" not in content or content.get("format") != 1:
        raise ValueError("not a stored model")
    return checked(content["model"])


def row_problem(row, features):
    """(error, feature) of one row, or None."""
    if type(row) is not dict:
        return "bad_row", None
    missing = [name for name in features if name not in row]
    unknown = [name for name in row if name not in features]
    if missing:
        return "missing_feature", missing[0]
    if unknown:
        return "unknown_feature", unknown[0]
    for name, (low, high) in features.items():
        if type(row[name]) is not int and type(row[name]) is not float:
            return "not_a_number", name
        if row[name] < low or row[name] > high:
            return "out_of_range", name
    return None


def handle(model, body):
    features = {each["name"]: (each["low"], each["high"]) for each in model["features"]}
    identity = None

    def refusal(error, row=None, feature=None):
        answer = {"error": error, "row": row, "feature": feature, "id": identity, "version": model["version"]}
        return json.dumps(answer)

    if len(body) > 65_536:
        return refusal("too_large")
    try:
        request = parse(body)
    except ValueError:
        return refusal("not_json")
    if type(request) is not dict:
        return refusal("bad_request")
    identity = request["id"] if type(request.get("id")) is str else None
    if ("id" in request and identity is None) or not {"rows"} <= set(request) <= {"rows", "id"}:
        return refusal("bad_request")
    rows = request["rows"]
    if type(rows) is not list:
        return refusal("bad_request")
    if len(rows) > 100:
        return refusal("too_many_rows")
    for at, row in enumerate(rows):
        if problem := row_problem(row, features):
            return refusal(problem[0], at, problem[1])
    values = np.array([[float(row[name]) for name in features] for row in rows]).reshape(-1, len(features))
    scores = values @ np.array(model["weights"]) + model["intercept"]
    chances = np.exp(-np.logaddexp(0.0, -scores))
    return json.dumps({"probabilities": chances.tolist(), "version": model["version"], "id": identity})


def drift(reference, live):
    if reference.shape[1] != live.shape[1] or min(len(reference), len(live)) == 0:
        raise ValueError("tables do not fit")
    columns = range(reference.shape[1])
    results = [index(reference[:, column], live[:, column]) for column in columns]
    return {
        "psi": np.array([psi for psi, _ in results], dtype=float),
        "alarm": np.array([alarm for _, alarm in results], dtype=bool),
    }


def index(reference, live):
    known = reference[reference == reference]
    edges = (
        np.array(sorted(set(np.percentile(known, range(10, 100, 10)).tolist())))
        if known.size
        else np.array([])
    )
    size = len(edges) + 2
    tables = []
    for values in (reference, live):
        bins = np.where(np.isnan(values), size - 1, (values[:, None] > edges[None, :]).sum(axis=1))
        counts = (bins[:, None] == np.arange(size)[None, :]).sum(axis=0)
        tables.append((counts + 0.5) / (len(values) + size / 2))
    old, new = tables
    psi = float(((new - old) * np.log(new / old)).sum())
    return psi, psi > 0.1 and psi > 3 * (size - 1) * (1 / len(reference) + 1 / len(live))
