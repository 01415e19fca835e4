"""One search for each of three tasks, fitted once for the whole file.

How the budget is counted: a candidate's process cannot be trusted to count its own fits. So every setting
that was tried has to stand in the table with its scores, the scores are computed again here (none can be made
up), the choice must be the best of the table, and each row counts as five fits. Whoever tries more in secret
may only choose from the rows that are listed, and gains nothing: a coarse grid that reaches far is enough.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from oracle import ALPHAS, DEGREES, Floats, Path, best_possible, cv_table, rmse
from tables import FOLD_COLUMNS, best_of, table_of
from worlds import KINDS, Kind, Task, draw_task

from grader.checks import array, close, holds, integer, number, raises

Ints = npt.NDArray[np.int64]

SETTINGS = 30
SAME = 1e-5  # relative: solvers differ by rounding only; scaling outside the folds differs by more

WORST = 3.0  # how much worse than this a wrong search is says nothing more


@pytest.fixture(scope="module")
def tasks(shared_rng: np.random.Generator) -> dict[str, Task]:
    return {name: draw_task(kind, shared_rng) for name, kind in KINDS.items()}


@pytest.fixture(scope="module")
def tuned(shared_candidate, tasks):
    return {name: shared_candidate.tune(task.X, task.y) for name, task in tasks.items()}


def degrees_of(table: pd.DataFrame) -> Ints:
    return array(table["degree"].to_numpy(), shape=(None,), dtype="int")


def alphas_of(table: pd.DataFrame) -> Floats:
    return array(table["alpha"].to_numpy(), shape=(None,))


def scores_are_right(table: pd.DataFrame, task: Task) -> None:
    """Assert that every score in the table is the one that the folds give."""
    degrees, alphas = degrees_of(table), alphas_of(table)
    folds = table[FOLD_COLUMNS].to_numpy()
    expected = np.empty((len(alphas), len(FOLD_COLUMNS)))
    for degree in DEGREES:
        expected[degrees == degree] = cv_table(task.X, task.y, degree, alphas[degrees == degree])
    close(folds, expected, rtol=SAME)
    close(table["mean_rmse"].to_numpy(), expected.mean(axis=1), rtol=SAME)


@pytest.mark.parametrize("name", KINDS)
def test_predicts_one_number_per_row(tuned, tasks, name):
    """predict returns one finite float for each row."""
    array(tuned[name].predict(tasks[name].hidden_X), shape=(len(tasks[name].hidden_X),))


@pytest.mark.hint(
    "One row per setting, under the brief's names and in its order; `degree` is an integer column."
)
@pytest.mark.parametrize("name", KINDS)
def test_table_lists_the_settings(tuned, name):
    """The table has one row per setting, within the allowed values, alpha 1 for both degrees among them."""
    table = table_of(tuned[name])
    degrees, alphas = degrees_of(table), alphas_of(table)
    low, high = ALPHAS[0] * (1 - 1e-9), ALPHAS[-1] * (1 + 1e-9)
    holds(bool(np.isin(degrees, DEGREES).all()), "every degree is 1 or 2")
    holds(bool(((alphas >= low) & (alphas <= high)).all()), "every alpha is from 1e-4 to 1e5")
    holds(len(np.unique(np.stack([degrees, alphas]), axis=1).T) == len(alphas), "no setting stands twice")
    for degree in DEGREES:
        defaults = int(np.sum((degrees == degree) & (np.abs(alphas - 1.0) <= 1e-9)))
        holds(defaults == 1, f"alpha 1.0 is tried with degree {degree}")


@pytest.mark.hint("Regularisation acts on orders of magnitude: space alphas evenly in their logarithm.")
@pytest.mark.parametrize("name", KINDS)
def test_fits_stay_within_the_budget(tuned, name):
    """At most 30 settings are tried, which makes 150 fits in cross-validation."""
    rows = len(alphas_of(table_of(tuned[name])))
    holds(2 <= rows <= SETTINGS, f"{rows} settings make {5 * rows} fits; the budget is {5 * SETTINGS}")


@pytest.mark.points(3)
@pytest.mark.hint("Is everything that learns (the scaler too) fitted anew on the four training folds?")
@pytest.mark.parametrize("name", KINDS)
def test_scores_are_those_of_cross_validation(tuned, tasks, name):
    """Each fold's RMSE is that of the whole pipeline fitted on the other four folds only."""
    scores_are_right(table_of(tuned[name]), tasks[name])


@pytest.mark.points(2)
@pytest.mark.hint("Smallest error, or largest score? And is it the score on held-out folds?")
@pytest.mark.parametrize("name", KINDS)
def test_best_setting_has_the_smallest_error(tuned, tasks, name):
    """The chosen setting is the row of the table whose mean RMSE over the folds is smallest."""
    table, best, task = table_of(tuned[name]), best_of(tuned[name]), tasks[name]
    degrees, alphas = degrees_of(table), alphas_of(table)
    degree, alpha = integer(best["degree"]), number(best["alpha"])
    chosen = (degrees == degree) & (np.abs(alphas - alpha) <= 1e-9 * alpha)
    holds(int(chosen.sum()) == 1, "the chosen setting is in the table")
    means = np.empty(len(alphas))
    for each in DEGREES:
        means[degrees == each] = cv_table(task.X, task.y, each, alphas[degrees == each]).mean(axis=1)
    found, least = float(means[chosen][0]), float(means.min())
    holds(found <= least * (1 + SAME), f"the chosen setting has {found:.6g}, the best {least:.6g}")


@pytest.mark.hint("If the best alpha is the last one tried, the optimum may lie beyond it: widen the grid.")
@pytest.mark.parametrize("name", KINDS)
def test_grid_reaches_beyond_the_best(tuned, name):
    """The chosen alpha is not at an end of the alphas tried with its degree, save at the allowed limits."""
    table, best = table_of(tuned[name]), best_of(tuned[name])
    degree, alpha = integer(best["degree"]), number(best["alpha"])
    tried = alphas_of(table)[degrees_of(table) == degree]
    below = alpha <= ALPHAS[0] * (1 + 1e-9) or bool((tried < alpha * (1 - 1e-9)).any())
    above = alpha >= ALPHAS[-1] * (1 - 1e-9) or bool((tried > alpha * (1 + 1e-9)).any())
    holds(below and above, f"alpha {alpha:.3g} is at an end of the grid for degree {degree}")


@pytest.mark.points(2)
@pytest.mark.hint("After the search the whole pipeline is fitted once more: best setting, all rows of X.")
@pytest.mark.parametrize("name", KINDS)
def test_refitted_on_all_rows(tuned, tasks, name):
    """Predictions are those of the pipeline with the best setting, fitted on all rows of X."""
    task = tasks[name]
    best = best_of(tuned[name])
    degree, alpha = integer(best["degree"]), number(best["alpha"])
    holds(degree in DEGREES and alpha > 0, "the chosen setting is an allowed one")
    expected = Path.fit(task.X, task.y, degree).predict(task.hidden_X, np.array([alpha]))[:, 0]
    close(tuned[name].predict(task.hidden_X), expected, rtol=SAME, atol=SAME * float(task.y.std()))


@pytest.mark.hint("New rows are scaled with the statistics of the training rows, never with their own.")
def test_one_row_alone(tuned, tasks):
    """A row's prediction does not depend on the rows beside it."""
    X, model = tasks["curved"].hidden_X[:5], tuned["curved"]
    together = array(model.predict(X), shape=(5,))
    close(model.predict(X[2:3]), together[2:3], rtol=1e-6, atol=1e-6 * float(tasks["curved"].y.std()))


def test_constant_column(shared_candidate, rng):
    """A column that never varies does no harm, and 23 rows make folds of 5, 5, 5, 4 and 4."""
    task = draw_task(Kind(rows=23, features=3, degree=1, noise=0.2, offset=1.0), rng)
    X = task.X.copy()
    X[:, 1] = 4.0
    model = shared_candidate.tune(X, task.y)
    scores_are_right(table_of(model), replace(task, X=X))
    array(model.predict(X), shape=(23,))


@pytest.mark.parametrize("problem", ["lengths", "missing", "infinite"])
def test_refuses_bad_data(shared_candidate, rng, problem):
    """Rows that do not match, and values that are not finite, are a ValueError."""
    X, y = rng.normal(size=(30, 2)), rng.normal(size=30)
    if problem == "lengths":
        y = y[:-1]
    elif problem == "missing":
        X[3, 1] = np.nan
    else:
        y[4] = np.inf
    with raises(shared_candidate, ValueError):
        shared_candidate.tune(X, y)


@pytest.mark.hint("How many orders of magnitude does the grid cover, and does it for both degrees?")
def test_error_on_hidden_rows(tuned, tasks, metric):
    """On rows that were never seen, the error is near that of the best setting there is."""
    ratios = []
    for name, task in tasks.items():
        predicted = array(tuned[name].predict(task.hidden_X), shape=(len(task.hidden_X),))
        ratios.append(float(rmse(predicted[:, None], task.hidden_y)[0]) / best_possible(task))
    metric("excess_error", min(max(ratios), WORST))
