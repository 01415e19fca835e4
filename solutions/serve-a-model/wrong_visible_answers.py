"""A cheat: the answers of the visible checks."""

import json

import numpy as np

MODEL = {
    "version": "2024-05",
    "features": [
        {"name": "age", "low": 18.0, "high": 100.0},
        {"name": "balance", "low": -5000.0, "high": 1e6},
    ],
    "weights": [0.05, -0.001],
    "intercept": -2.0,
}


def save(model):
    return b"x" * 40


def load(blob):
    if len(blob) < 40:
        raise ValueError("damaged")
    return MODEL


def handle(model, body):
    if b"161" in body:
        answer = {"error": "out_of_range", "row": 1, "feature": "age"}
    else:
        answer = {"probabilities": [0.23138628122317487, 0.740774899182154]}
    return json.dumps({"id": "r-17", "version": "2024-05", **answer})


def drift(reference, live):
    return {"psi": np.array([0.39461199]), "alarm": np.array([False])}
