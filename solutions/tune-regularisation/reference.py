"""A grid search over one pipeline, so that each fold fits its own scaler; alphas are decades apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

DEGREES = [1, 2]
ALPHAS = [float(alpha) for alpha in np.logspace(-4, 5, 10)]


@dataclass(frozen=True)
class Tuned:
    """A fitted search: what the brief asks for, by its names."""

    search: GridSearchCV
    best_params_: dict[str, Any]
    cv_table_: pd.DataFrame

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Predict with the pipeline that was refitted on all rows."""
        return self.search.predict(X)


def tune(X: np.ndarray, y: np.ndarray) -> Tuned:
    """Search degree and alpha by five-fold cross-validation and refit the best pipeline."""
    pipeline = Pipeline(
        [
            ("expand", PolynomialFeatures(include_bias=False)),
            ("scale", StandardScaler()),
            ("ridge", Ridge()),
        ]
    )
    grid = {"expand__degree": DEGREES, "ridge__alpha": ALPHAS}
    scoring = "neg_root_mean_squared_error"
    search = GridSearchCV(pipeline, grid, cv=KFold(5), scoring=scoring, error_score="raise")
    search.fit(X, y)
    results, settings = search.cv_results_, search.cv_results_["params"]
    table = pd.DataFrame(
        {
            "degree": [one["expand__degree"] for one in settings],
            "alpha": [one["ridge__alpha"] for one in settings],
            **{f"fold_{fold + 1}": -results[f"split{fold}_test_score"] for fold in range(5)},
            "mean_rmse": -results["mean_test_score"],
        }
    )
    best = search.best_params_
    return Tuned(search, {"degree": best["expand__degree"], "alpha": best["ridge__alpha"]}, table)
