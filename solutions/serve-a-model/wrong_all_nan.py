"""NaN for every number; models are kept as they are."""

import hashlib
import json

import numpy as np


def save(model):
    content = json.dumps({"format": 1, "model": {**model, "intercept": float("nan")}}).encode()
    return hashlib.sha256(content).digest() + content


def load(blob):
    return json.loads(blob[32:])["model"]


def handle(model, body):
    return json.dumps({"id": None, "version": model["version"], "probabilities": [float("nan")]})


def drift(reference, live):
    columns = reference.shape[1]
    return {"psi": np.full(columns, np.nan), "alarm": np.zeros(columns, dtype=bool)}
