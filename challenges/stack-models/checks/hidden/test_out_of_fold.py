"""`out_of_fold`: agreement with fits by hand, no leaks, fresh copies, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import by_folds, line, neighbours
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor

from grader.checks import array, close, holds, raises

SAME = {"rtol": 1e-6, "atol": 1e-8}


def draw(rng, rows, columns=3):
    X = rng.normal(size=(rows, columns))
    return X, X @ rng.normal(size=columns) + rng.normal(size=rows) + 10.0


def draw_folds(rng, rows, numbers):
    """Each number at least twice, in random order; the other rows anywhere."""
    folds = np.concatenate([numbers, numbers, rng.choice(numbers, rows - 2 * len(numbers))])
    return rng.permutation(folds)


@pytest.mark.points(2)
@pytest.mark.hint(
    "Fit on the rows of all other folds, predict this one, and put each prediction in its place."
)
def test_least_squares(candidate, rng):
    """A linear model, with a few numbers of folds."""
    for numbers in ([0, 1], [0, 1, 2, 3, 4], [5, -3, 40]):
        X, y = draw(rng, 30)
        folds = draw_folds(rng, 30, numbers)
        close(candidate.out_of_fold(LinearRegression(), X, y, folds), by_folds(line, X, y, folds), **SAME)


@pytest.mark.points(2)
@pytest.mark.hint("If a row is its own nearest neighbour, it was among the rows of the fit.")
@pytest.mark.parametrize("count", [1, 4])
def test_nearest_neighbours(candidate, rng, count):
    """A model that knows its rows by heart, and a smoother one."""
    X, y = draw(rng, 40)
    folds = draw_folds(rng, 40, [1, 2, 3, 4])

    def predict(X, y, at):
        return neighbours(X, y, at, count)

    answer = candidate.out_of_fold(KNeighborsRegressor(count), X, y, folds)
    close(answer, by_folds(predict, X, y, folds), **SAME)


def test_fold_of_one_row(candidate, rng):
    """Folds of very different size, one with a single row, and every row a fold of its own."""
    X, y = draw(rng, 12, columns=1)
    for folds in (np.array([3] * 5 + [8] + [3, 9] * 3), rng.permutation(12) * 7 - 20):
        close(candidate.out_of_fold(LinearRegression(), X, y, folds), by_folds(line, X, y, folds), **SAME)


@pytest.mark.points(2)
@pytest.mark.hint("Fit a new clone for each fold: what may the model still know from the fold before?")
@pytest.mark.parametrize("warm", [False, True])
def test_own_fold_does_not_matter(candidate, rng, warm):
    """Predictions for a fold do not depend on the y of that fold, even if the model starts warm."""
    X, y = draw(rng, 40)
    folds = draw_folds(rng, 40, [0, 1, 2, 3])
    model = RandomForestRegressor(n_estimators=5, random_state=0, warm_start=warm)
    before = array(candidate.out_of_fold(model, X, y, folds), shape=(40,))
    for fold in (0, 1, 2, 3):
        other = np.where(folds == fold, y + 100.0, y)
        after = array(candidate.out_of_fold(model, X, other, folds), shape=(40,))
        close(after[folds == fold], before[folds == fold], **SAME)
        moved = float(np.max(np.abs(after - before)[folds != fold]))
        holds(moved > 1.0, f"the predictions for other folds move by {moved:.3g} at most")


def test_names_of_the_folds_do_not_matter(candidate, rng):
    """Other numbers for the same folds, and the rows in another order, give the same predictions."""
    X, y = draw(rng, 25)
    folds = draw_folds(rng, 25, [0, 1, 2])
    expected = by_folds(line, X, y, folds)
    close(candidate.out_of_fold(LinearRegression(), X, y, np.array([9, -1, 4])[folds]), expected, **SAME)
    order = rng.permutation(25)
    answer = candidate.out_of_fold(LinearRegression(), X[order], y[order], folds[order])
    close(answer, expected[order], **SAME)


@pytest.mark.parametrize("short", ["X", "y", "folds", "longer folds"])
def test_unequal_lengths(candidate, rng, short):
    """X, y and folds with different numbers of rows are an error."""
    X, y = draw(rng, 20)
    folds = draw_folds(rng, 20, [0, 1])
    X, y = X[:-1] if short == "X" else X, y[:-1] if short == "y" else y
    folds = {"folds": folds[:-1], "longer folds": np.append(folds, 0)}.get(short, folds)
    with raises(candidate, ValueError):
        candidate.out_of_fold(LinearRegression(), X, y, folds)


def test_one_fold(candidate, rng):
    """A single fold leaves nothing to fit on: an error."""
    X, y = draw(rng, 20)
    with raises(candidate, ValueError):
        candidate.out_of_fold(LinearRegression(), X, y, np.full(20, 3))
