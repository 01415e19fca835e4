"""The example of the brief, and real bird strikes. The hidden checks are stricter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from grader.checks import array, equal, holds


def example_train() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "speed_kt": [140.0, np.nan, 155.0, 120.0] * 500,
            "phase": pd.Series(["climb", "approach", "approach", None] * 500, dtype="str"),
            "cost_usd": [90000.0, 0.0, 0.0, np.nan] * 500,
            "damaged": [1, 0, 0, 0] * 500,
        }
    )


def example_live() -> pd.DataFrame:
    columns = {"cost_usd": [np.nan, np.nan], "phase": ["climb", "hovering"], "speed_kt": [140.0, np.nan]}
    return pd.DataFrame(columns, index=["b", "a"]).astype({"phase": "str"})


def real_strikes(strikes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Real strikes until 1998 for training, those from 1999 on as live rows, and whether these did damage."""
    table = strikes[["state", "phase", "time_of_day", "wildlife_size", "speed_kt"]].assign(
        month=strikes["date"].dt.month.astype("int64"),
        cost_usd=strikes["cost_usd"].astype(float),
        damaged=(strikes["damage"] != "None").astype("int64"),
    )
    late = strikes["date"] >= "1999-01-01"
    live = table[late].drop(columns="damaged").assign(cost_usd=np.nan)
    return table[~late], live, table.loc[late, "damaged"].to_numpy()


def test_example(candidate):
    """The example of the brief: damage in climb, a row of unknowns below it."""
    answer = candidate.predict_proba(candidate.train(example_train()), example_live())
    first, second = array(answer, shape=(2,))
    holds(bool(0.8 < first <= 1.0), "the first is above 0.8")
    holds(bool(0.0 <= second < first), "the second is below it")


def test_drift_in_the_example(candidate):
    """No drift in the same rows; 40 knots more are drift."""
    table = example_train()
    calm = table.iloc[::-1].drop(columns="damaged").assign(cost_usd=np.nan)
    equal(candidate.drifted(table, calm), [])
    equal(candidate.drifted(table, calm.assign(speed_kt=calm["speed_kt"] + 40)), ["speed_kt"])


def test_real_bird_strikes(candidate, dataset):
    """Real strikes of later years: those that look worst did damage three times as often as the average."""
    table, live, damaged = real_strikes(dataset("birdstrikes"))
    answer = array(candidate.predict_proba(candidate.train(table), live), shape=(len(live),))
    worst = np.argsort(-answer)[: len(answer) // 20]
    holds(bool(damaged[worst].mean() > 3 * damaged.mean()), "damage is common among the riskiest twentieth")
