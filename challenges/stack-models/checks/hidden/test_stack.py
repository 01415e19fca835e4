"""`stack`: what it predicts, what it is made of, how well it does on rows it has never seen."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import line, neighbours
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.tree import DecisionTreeRegressor
from worlds import draw_task

from grader.checks import array, close, holds, raises


@pytest.fixture(scope="module")
def tasks(shared_rng):
    return [draw_task(shared_rng, ordered=ordered) for ordered in (False, True) * 3]


@pytest.fixture(scope="module")
def stacks(shared_candidate, tasks):
    return [shared_candidate.stack(task.models, task.X, task.y) for task in tasks]


def shares(stacks, tasks):
    """The error of each stack as a share of that of the best single model."""
    return [
        task.error(array(each.predict(task.new_X), shape=task.truth.shape)) / task.best_single()
        for each, task in zip(stacks, tasks, strict=True)
    ]


def draw(rng, rows):
    X = rng.normal(size=(rows, 3))
    return X, X @ rng.normal(size=3) + np.sin(2.0 * X[:, 0]) + 0.5 * rng.normal(size=rows) + 10.0


@pytest.mark.points(3)
@pytest.mark.hint(
    "What does an unpruned tree predict for the rows of its fit? What weight will that earn it?"
)
def test_error_on_new_rows(stacks, tasks, metric):
    """On rows that were never seen, the stack is much better than the best single model."""
    metric("error", np.mean(shares(stacks, tasks)))


@pytest.mark.points(2)
@pytest.mark.hint("In a block of sorted rows, what does even the mean of the other rows say about y?")
def test_sorted_rows(stacks, tasks):
    """It is about as good if the rows were sorted by y."""
    share = float(np.mean(shares(stacks[1::2], tasks[1::2])))
    holds(share <= 0.65, f"the error is {share:.2f} of that of the best single model")


@pytest.mark.points(2)
@pytest.mark.hint("Once the weights are learned, each base model is fitted again, on all rows.")
@pytest.mark.parametrize("rows", [100, 101])
def test_sum_of_models_fitted_on_all_rows(shared_candidate, rng, rows):
    """Predictions are a weighted sum, with an intercept, of base models that were fitted on all rows."""
    X, y = draw(rng, rows)
    at = rng.normal(size=(40, 3))
    models = [LinearRegression(), KNeighborsRegressor(5)]
    predicted = array(shared_candidate.stack(models, X, y).predict(at), shape=(40,))
    parts = np.column_stack([np.ones(40), line(X, y, at), neighbours(X, y, at, 5)])
    weights = np.linalg.lstsq(parts, predicted, rcond=None)[0]
    close(predicted, parts @ weights, rtol=1e-6, atol=1e-6)


@pytest.mark.points(2)
@pytest.mark.hint("Pure noise: the only way to look good on it is to have seen it.")
def test_noise_alone(shared_candidate, rng):
    """Models that know noise by heart get next to no weight."""
    models, spreads = [DecisionTreeRegressor(random_state=0), KNeighborsRegressor(1)], []
    for _ in range(5):
        X, y = rng.normal(size=(200, 4)), rng.normal(size=200) * 3.0 + 5.0
        stacked = shared_candidate.stack(models, X, y)
        predicted = array(stacked.predict(rng.normal(size=(500, 4))), shape=(500,))
        spreads.append(float(predicted.std() / y.std()))
    share = float(np.mean(spreads))
    holds(share <= 1 / 3, f"the predictions have {share:.2f} of the standard deviation of y")


def test_one_model(shared_candidate, rng):
    """A single base model that is exact stays nearly exact."""
    X = rng.normal(size=(100, 2))
    at = rng.normal(size=(1, 2))
    slopes = rng.normal(size=2)
    stacked = shared_candidate.stack([LinearRegression()], X, X @ slopes + 3.0)
    close(stacked.predict(at), at @ slopes + 3.0, rtol=0.0, atol=0.1)


def test_each_row_by_itself(stacks, tasks):
    """A row's prediction does not depend on the rows beside it."""
    rows = tasks[0].new_X[:6]
    together = array(stacks[0].predict(rows), shape=(6,))
    close(stacks[0].predict(rows[2:3]), together[2:3], rtol=1e-6)


@pytest.mark.hint("Shuffling is random too: fix `random_state`.")
def test_repeatable(shared_candidate, stacks, tasks):
    """The same call gives the same predictions."""
    task = tasks[0]
    before = array(stacks[0].predict(task.new_X), shape=task.truth.shape)
    close(shared_candidate.stack(task.models, task.X, task.y).predict(task.new_X), before, rtol=1e-9)


def test_no_models(shared_candidate, rng):
    """There must be a model to combine."""
    with raises(shared_candidate, ValueError):
        shared_candidate.stack([], *draw(rng, 100))


@pytest.mark.parametrize("labels", [99, 101, 1])
def test_unequal_lengths(shared_candidate, rng, labels):
    """X and y with different numbers of rows are an error."""
    with raises(shared_candidate, ValueError):
        shared_candidate.stack([LinearRegression()], rng.normal(size=(100, 2)), rng.normal(size=labels))
