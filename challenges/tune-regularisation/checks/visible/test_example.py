"""The worked example of the brief. The hidden checks use larger tasks and look at every fold."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import array, attribute, between, close, equal, holds

FOLDS = [f"fold_{number}" for number in range(1, 6)]
X = np.array([[2.0], [7.0], [4.0], [9.0], [1.0], [6.0], [3.0], [10.0], [5.0], [8.0]])
Y = np.array([1.0, 12.0, 4.0, 20.0, 0.5, 9.0, 2.5, 25.0, 6.0, 16.0])


@pytest.fixture(scope="module")
def tuned(shared_candidate):
    return shared_candidate.tune(X, Y)


def test_example_scores(tuned):
    """The rows for alpha 1 hold the errors that the brief gives."""
    table = attribute(tuned, "cv_table_")
    equal(table.columns.tolist(), ["degree", "alpha", *FOLDS, "mean_rmse"])
    expected = {
        1: [1.0486, 2.1411, 2.4240, 4.4496, 1.8716, 2.3870],
        2: [0.5495, 0.8872, 1.2044, 2.0522, 0.9476, 1.1282],
    }
    for degree, errors in expected.items():
        degrees = array(table["degree"].to_numpy(), shape=(None,), dtype="int")
        alphas = array(table["alpha"].to_numpy(), shape=(None,))
        row = table[(degrees == degree) & (alphas == 1.0)]
        close(row[[*FOLDS, "mean_rmse"]].to_numpy(), np.array([errors]), atol=1e-4)


def test_example_choice(tuned):
    """The curve is found: degree 2 with a small penalty, and at most 30 settings were tried."""
    best = attribute(tuned, "best_params_")
    equal(best["degree"], 2)
    between(best["alpha"], 1e-4, 0.1)
    holds(len(attribute(tuned, "cv_table_")) <= 30, "at most 30 settings")


def test_example_prediction(tuned):
    """Prediction at 5.5, where y is about 7.5."""
    predicted = array(tuned.predict(np.array([[5.5]])), shape=(1,))
    close(predicted, np.array([7.5]), atol=0.2)
