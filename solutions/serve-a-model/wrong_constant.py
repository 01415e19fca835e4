"""A constant answer: no model, even odds, no drift."""

import json

import numpy as np


def save(model):
    return b""


def load(blob):
    return {}


def handle(model, body):
    return json.dumps({"id": None, "version": model["version"], "probabilities": [0.5]})


def drift(reference, live):
    columns = reference.shape[1]
    return {"psi": np.zeros(columns), "alarm": np.zeros(columns, dtype=bool)}
