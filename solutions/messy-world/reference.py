"""A logistic regression with honest probabilities, indicators for holes, and drift measured by its size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, PowerTransformer

COST = "cost_usd"
TARGET = "damaged"
DECILES = np.arange(1, 10) / 10


@dataclass(frozen=True)
class Model:
    """The features in the order of training, and the fitted pipeline."""

    features: list[str]
    pipeline: Pipeline


def train(table: pd.DataFrame) -> Model:
    """Learn from a training table which strikes do damage."""
    features = _features(table)
    numbers = [name for name in features if _is_number(table[name])]
    texts = [name for name in features if name not in numbers]
    # Logistic regression wants symmetric numbers. The indicators let holes speak for themselves.
    prepare = make_column_transformer(
        (make_pipeline(PowerTransformer(), SimpleImputer(add_indicator=True)), numbers),
        (OneHotEncoder(handle_unknown="ignore"), texts),
    )
    pipeline = make_pipeline(prepare, LogisticRegression())
    return Model(features, pipeline.fit(table[features], table[TARGET]))


def predict_proba(model: Model, table: pd.DataFrame) -> np.ndarray:
    """The probability of damage for each row of a live table."""
    if table.empty:
        return np.empty(0)
    return model.pipeline.predict_proba(table[model.features])[:, 1]


def drifted(train: pd.DataFrame, live: pd.DataFrame) -> list[str]:
    """The features whose population stability index is above 0.1, the usual line between calm and change."""
    return [name for name in _features(train) if _stability(train[name], live[name]) > 0.1]


def _features(table: pd.DataFrame) -> list[str]:
    return [name for name in table.columns if name not in (COST, TARGET)]


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column)


def _stability(before: pd.Series, now: pd.Series) -> float:
    """Population stability index over deciles or levels, with a bin for missing cells."""
    if _is_number(before):
        edges = np.unique(before.quantile(DECILES))
        before, now = (
            column.where(column.isna(), np.searchsorted(edges, column)) for column in (before, now)
        )
    counts = pd.concat([part.value_counts(dropna=False) for part in (before, now)], axis=1)
    smooth = counts.fillna(0) + 0.5
    old, new = (smooth / smooth.sum()).to_numpy().T
    return float(np.sum((new - old) * np.log(new / old)))
