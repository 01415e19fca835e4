"""Boosted trees that take holes and levels as they are; drift as the largest gap between distributions."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

NOT_FEATURES = ["cost_usd", "damaged"]


class BoostedTrees:
    def __init__(self, table):
        features = table.drop(columns=NOT_FEATURES)
        self.names = list(features.columns)
        self.levels = {
            name: sorted(features[name].dropna().unique())
            for name in self.names
            if not pd.api.types.is_numeric_dtype(features[name])
        }
        self.trees = HistGradientBoostingClassifier(
            learning_rate=0.06,
            max_iter=120,
            max_leaf_nodes=5,
            l2_regularization=1.0,
            categorical_features=[name in self.levels for name in self.names],
            random_state=0,
        )
        self.trees.fit(self.matrix(table), table["damaged"])

    def matrix(self, table):
        """Levels as codes; a hole and a new level are NaN."""
        columns = []
        for name in self.names:
            if name in self.levels:
                codes = pd.Categorical(table[name], categories=self.levels[name]).codes.astype(float)
                columns.append(np.where(codes < 0, np.nan, codes))
            else:
                columns.append(table[name].to_numpy(dtype=float))
        return np.column_stack(columns)


def train(table):
    return BoostedTrees(table)


def predict_proba(model, table):
    if len(table) == 0:
        return np.zeros(0)
    return model.trees.predict_proba(model.matrix(table))[:, 1]


def largest_gap(before, now):
    """Kolmogorov's distance for numbers, total variation for levels."""
    before, now = before.dropna(), now.dropna()
    if len(now) == 0:
        return 1.0
    if pd.api.types.is_numeric_dtype(before):
        grid = np.sort(np.concatenate([before, now]))
        shares = [np.searchsorted(np.sort(part), grid, side="right") / len(part) for part in (before, now)]
        return float(np.max(np.abs(shares[0] - shares[1])))
    shares = [part.value_counts(normalize=True) for part in (before, now)]
    return float(shares[0].sub(shares[1], fill_value=0.0).abs().sum() / 2)


def drifted(train, live):
    named = []
    for name in train.columns.drop(NOT_FEATURES):
        holes = abs(live[name].isna().mean() - train[name].isna().mean())
        if holes > 0.1 or largest_gap(train[name], live[name]) > 0.1:
            named.append(name)
    return named
