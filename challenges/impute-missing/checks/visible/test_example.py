"""The example of the brief, and a try on real penguins. The hidden checks are stricter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from grader.checks import between, equal, frame, holds

MEASUREMENTS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


def example_train() -> pd.DataFrame:
    """Eight birds, each five times: Gentoos are large, Adelies small; one mass and one sex are missing."""
    birds = pd.DataFrame(
        {
            "species": pd.Categorical(["Adelie"] * 4 + ["Gentoo"] * 4),
            "island": pd.Categorical(["Dream"] * 3 + ["Biscoe"] * 5),
            "bill_length_mm": [37.0, 40.0, 38.0, 41.0, 46.0, 50.0, 45.0, 49.0],
            "bill_depth_mm": [17.0, 19.0, 17.5, 19.5, 14.0, 16.0, 14.5, 15.5],
            "flipper_length_mm": [187.0, 193.0, 188.0, 192.0, 213.0, 221.0, 212.0, 222.0],
            "body_mass_g": [3400.0, 4000.0, 3300.0, 4100.0, 4700.0, 5500.0, np.nan, 5400.0],
            "sex": pd.Series(["female", "male"] * 3 + ["female", None], dtype="str"),
            "year": np.array([2007, 2007, 2008, 2008, 2008, 2009, 2009, 2009], dtype=np.int64),
        }
    )
    return pd.concat([birds] * 5, ignore_index=True)


def example_table() -> pd.DataFrame:
    """Two birds: a Gentoo that was not weighed, and a small bird of unknown species."""
    return pd.DataFrame(
        {
            "species": pd.Categorical(["Gentoo", None], categories=["Adelie", "Gentoo"]),
            "island": pd.Categorical(["Biscoe", "Dream"], categories=["Biscoe", "Dream"]),
            "bill_length_mm": [50.0, 38.0],
            "bill_depth_mm": [16.0, 17.5],
            "flipper_length_mm": [222.0, 188.0],
            "body_mass_g": [np.nan, 3350.0],
            "sex": pd.Series(["male", "female"], dtype="str"),
            "year": np.array([2009, 2007], dtype=np.int64),
        },
        index=["b7", "a2"],
    )


def test_example(candidate):
    """The example of the brief: a heavy Gentoo and an Adelie."""
    table = example_table()
    filled = frame(candidate.impute(candidate.fit_imputer(example_train()), table), like=table)
    between(filled.loc["b7", "body_mass_g"], 4700.0, 5500.0)  # a mean of all masses is 4343
    equal(filled.loc["a2", "species"], "Adelie")


def test_observed_cells_stay(candidate):
    """What was observed is as before, and the table that was handed over has not been changed."""
    table = example_table()
    filled = frame(candidate.impute(candidate.fit_imputer(example_train()), table), like=table)
    equal(filled.mask(table.isna()), example_table())
    equal(table, example_table())  # sees a change only where the code runs in this process


def test_real_penguins(candidate, dataset):
    """On real penguins the filled numbers come closer to the truth than the mean does."""
    birds = dataset("penguins").dropna().astype({"species": "category", "island": "category"})
    rng = np.random.default_rng(12)
    birds = birds.iloc[rng.permutation(len(birds))]
    train, truth = birds.iloc[:200], birds.iloc[200:]
    lost = rng.random((len(truth), len(MEASUREMENTS))) < 0.2
    table = truth.copy()
    table[MEASUREMENTS] = truth[MEASUREMENTS].mask(lost)
    filled = frame(candidate.impute(candidate.fit_imputer(train), table), like=table)
    mean, spread = train[MEASUREMENTS].mean(), train[MEASUREMENTS].std()
    error = ((filled[MEASUREMENTS] - truth[MEASUREMENTS]) / spread).to_numpy()[lost]
    of_mean = ((mean - truth[MEASUREMENTS]) / spread).to_numpy()[lost]
    share = np.sqrt(np.mean(error**2)) / np.sqrt(np.mean(of_mean**2))
    holds(bool(share < 0.8), f"the error is {share:.2f} of that of mean imputation")
