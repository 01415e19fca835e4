"""Models drawn at random, their blobs and answers written another way, and PSI bin by bin."""

from __future__ import annotations

import hashlib
import json
import math
from itertools import pairwise

import numpy as np

from grader.checks import close, equal, holds, text

NAMES = ["age", "balance", "n_orders", "Größe (cm)", 'a "quoted" name', "x", "days since", "rows", "id", "Ω"]
NEAR = {"rtol": 1e-9, "atol": 1e-12}


def draw_model(rng, features=3):
    """A valid model with names, ranges and weights of its own."""
    names = [NAMES[at] for at in rng.permutation(len(NAMES))[:features]]
    lows = rng.uniform(-50.0, 0.0, features)
    highs = lows + rng.uniform(50.0, 100.0, features)
    return {
        "version": f"v{int(rng.integers(1000, 9999))}",
        "features": [
            {"name": name, "low": float(low), "high": float(high)}
            for name, low, high in zip(names, lows, highs, strict=True)
        ],
        "weights": [float(weight) for weight in rng.normal(size=features) * 0.05],
        "intercept": float(rng.normal()),
    }


def draw_rows(rng, model, count):
    """Rows that keep to the model's ranges, with their names in an order of their own."""
    rows = []
    for _ in range(count):
        order = rng.permutation(len(model["features"]))
        chosen = [model["features"][at] for at in order]
        rows.append({each["name"]: float(rng.uniform(each["low"], each["high"])) for each in chosen})
    return rows


def blob_of(payload):
    """Bytes with the right digest around `payload`: bytes, or something to write as JSON."""
    content = payload if type(payload) is bytes else json.dumps(payload).encode()
    return hashlib.sha256(content).digest() + content


def body_of(rows, **more):
    return json.dumps({"rows": rows, **more}).encode()


def probabilities(model, rows):
    """The logistic function by way of tanh, which never overflows."""
    names = [each["name"] for each in model["features"]]
    scores = [model["intercept"] + np.dot([row[name] for name in names], model["weights"]) for row in rows]
    return [0.5 + 0.5 * math.tanh(0.5 * score) for score in scores]


def reply(candidate, model, body):
    """The answer to a request, read as JSON proper."""
    answer = text(candidate.handle(model, body))
    problems = []
    try:
        content = json.loads(answer, parse_constant=problems.append)
    except ValueError:
        problems.append("it cannot be read")
        content = None
    holds(not problems, f"the answer is JSON: {problems[:1]}")
    return content


def answers(candidate, model, rows, identity=None):
    """Assert that a request with these rows is answered with their probabilities."""
    body = body_of(rows) if identity is None else body_of(rows, id=identity)
    expected = {"id": identity, "version": model["version"], "probabilities": probabilities(model, rows)}
    close(reply(candidate, model, body), expected, **NEAR)


def refuses(candidate, model, body, error, row=None, feature=None, identity=None):
    """Assert that the request is answered with this error and nothing else."""
    expected = {"id": identity, "version": model["version"], "error": error, "row": row, "feature": feature}
    equal(reply(candidate, model, body), expected)


def stability(before, now):
    """PSI of one column and whether it is cause for alarm, counted bin by bin."""
    seen = sorted(value for value in before.tolist() if not math.isnan(value))
    edges = []
    for tenth in range(1, 10):
        if seen:
            place, part = divmod(tenth * (len(seen) - 1), 10)
            following = seen[min(place + 1, len(seen) - 1)]
            edge = seen[place] + (following - seen[place]) * (part / 10)
            if edge not in edges:
                edges.append(edge)
    bounds = [-math.inf, *edges, math.inf]

    def shares(values):
        counts = [sum(low < value <= high for value in values) for low, high in pairwise(bounds)]
        counts.append(sum(map(math.isnan, values)))
        return [(count + 0.5) / (len(values) + 0.5 * len(counts)) for count in counts]

    pairs = list(zip(shares(before.tolist()), shares(now.tolist()), strict=True))
    psi = sum((new - old) * (math.log(new) - math.log(old)) for old, new in pairs)
    chance = (len(pairs) - 1) * (len(before) + len(now)) / (len(before) * len(now))
    return psi, psi > 0.1 and psi > 3 * chance


def drift_of(reference, live):
    """What `drift` must return."""
    columns = [stability(before, now) for before, now in zip(reference.T, live.T, strict=True)]
    return {"psi": np.array([psi for psi, _ in columns]), "alarm": np.array([alarm for _, alarm in columns])}
