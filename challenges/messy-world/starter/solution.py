"""Predict rare damage from messy tables, and find what has drifted. The brief is in README.md."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

COST = "cost_usd"
TARGET = "damaged"


def train(table: pd.DataFrame) -> Any:
    """Learn from a training table which strikes do damage. Returns a model: any object.

    table: number and text features with missing cells, `cost_usd` and `damaged`.
    """
    raise NotImplementedError


def predict_proba(model: Any, table: pd.DataFrame) -> np.ndarray:
    """The probability of damage for each row of a live table: floats of shape (rows,).

    model: what `train` returned. table: the features in any column order, `cost_usd` empty.
    """
    raise NotImplementedError


def drifted(train: pd.DataFrame, live: pd.DataFrame) -> list[str]:
    """The features whose source has changed so much that it matters, in the order of `train`'s columns."""
    raise NotImplementedError
