"""`NearestNeighbours`: predictions, ties, k, number of parameters, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw, grid, neighbours

from grader.checks import close, equal, raises

CLOSE = {"rtol": 1e-7, "atol": 1e-9}


def fitted(candidate, k, X, y):
    model = candidate.NearestNeighbours(k)
    model.fit(X, y)
    return model


@pytest.mark.points(3)
@pytest.mark.hint("The plain mean of the k rows with the smallest Euclidean distance, columns as they are.")
@pytest.mark.parametrize("k", [1, 2, 7])
def test_predictions(candidate, rng, k):
    """The mean target of the nearest rows, with columns of different scales."""
    for columns in (1, 3):
        X, y = draw(rng, 40, columns)
        new = X[rng.permutation(40)[:20]] + rng.normal(size=(20, columns))
        close(fitted(candidate, k, X, y).predict(new), neighbours(X, y, k, new), **CLOSE)


@pytest.mark.points(3)
@pytest.mark.hint("Which distance is the k-th? Every row within it counts, however many there are.")
@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_ties(candidate, rng, k):
    """All rows as far away as the k-th nearest count."""
    for columns, size in ((1, 30), (2, 6), (3, 3)):
        X, y = grid(rng, 40, columns, size)
        new = np.vstack([X[:15], grid(rng, 15, columns, size)[0] + 0.5])
        close(fitted(candidate, k, X, y).predict(new), neighbours(X, y, k, new), **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hint("Rows in the same place are all at distance 0.")
def test_copies_with_different_targets(candidate, rng):
    """Where the same row occurs more than once, all its targets count."""
    X = np.column_stack(np.divmod(rng.permutation(100)[:12], 10)).astype(float)
    y = rng.normal(size=12)
    targets = np.concatenate([y, y + 6.0])
    order = rng.permutation(24)
    model = fitted(candidate, 1, np.vstack([X, X])[order], targets[order])
    close(model.predict(X), y + 3.0, **CLOSE)


def test_order_of_rows(candidate, rng):
    """The order of the training rows does not matter."""
    X, y = grid(rng, 30, 2, 5)
    new = grid(rng, 20, 2, 5)[0]
    expected = neighbours(X, y, 3, new)
    for order in (np.arange(30)[::-1], rng.permutation(30)):
        close(fitted(candidate, 3, X[order], y[order]).predict(new), expected, **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hint("There are no more than n neighbours.")
def test_k_as_large_as_the_data(candidate, rng):
    """With k equal to the number of rows, or larger, the mean of all."""
    X, y = draw(rng, 9, 2)
    new = rng.normal(size=(5, 2))
    for k in (9, 10, 1000):
        close(fitted(candidate, k, X, y).predict(new), np.full(5, y.mean()), **CLOSE)
    close(fitted(candidate, 8, X, y).predict(new), neighbours(X, y, 8, new), **CLOSE)
    close(fitted(candidate, 3, X[:1], y[:1]).predict(new), np.full(5, y[0]), **CLOSE)


def test_training_rows(candidate, rng):
    """With k = 1, every training row is predicted by its own target."""
    X, y = draw(rng, 50, 3)
    close(fitted(candidate, 1, X, y).predict(X), y, **CLOSE)


def test_beyond_the_data(candidate, rng):
    """Outside the range, the prediction is that of the outermost rows, however far away."""
    X, y = draw(rng, 25, 1)
    order = np.argsort(X[:, 0])
    low, high = y[order[:4]].mean(), y[order[-4:]].mean()
    new = np.array([[-1e3], [-1e5], [1e3], [1e5]])
    close(fitted(candidate, 4, X, y).predict(new), np.array([low, low, high, high]), **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hint("What must be kept in order to predict? Count rows and columns, and the targets.")
def test_number_of_parameters(candidate, rng):
    """The number of parameters grows with rows and columns, and does not depend on k."""
    for rows, columns in ((1, 1), (10, 1), (10, 4), (300, 2)):
        for k in (1, 5, 20):
            model = fitted(candidate, k, rng.normal(size=(rows, columns)), rng.normal(size=rows))
            equal(model.n_parameters(), rows * (columns + 1))


@pytest.mark.points(2)
def test_second_fit(candidate, rng):
    """A second fit replaces the first, and models do not share anything."""
    X, y = draw(rng, 20, 3)
    other, targets = draw(rng, 15, 2)
    model, bystander = candidate.NearestNeighbours(2), fitted(candidate, 4, X, y)
    model.fit(X[:, :2], y)
    model.fit(other, targets)
    close(model.predict(other), neighbours(other, targets, 2, other), **CLOSE)
    equal(model.n_parameters(), 45)
    close(bystander.predict(X), neighbours(X, y, 4, X), **CLOSE)


@pytest.mark.parametrize("k", [0, -3])
def test_k_less_than_one(candidate, k):
    """A k of less than 1 is an error at once."""
    with raises(candidate, ValueError):
        candidate.NearestNeighbours(k)


def test_not_fitted(candidate, rng):
    """Before fit, predictions and the number of parameters are errors."""
    model = candidate.NearestNeighbours(2)
    with raises(candidate, RuntimeError):
        model.predict(rng.normal(size=(4, 2)))
    with raises(candidate, RuntimeError):
        model.n_parameters()


@pytest.mark.points(2)
@pytest.mark.hint("Broadcasting subtracts a single column from many without a word.")
def test_shapes_that_do_not_fit(candidate, rng):
    """Other numbers of rows in fit, or of columns in predict, are errors."""
    X, y = draw(rng, 10, 3)
    model = fitted(candidate, 2, X, y)
    for columns in (1, 2, 4):
        with raises(candidate, ValueError):
            model.predict(rng.normal(size=(6, columns)))
    single = fitted(candidate, 2, X[:, :1], y)
    with raises(candidate, ValueError):
        single.predict(X)
    for targets in (y[:1], y[:9], np.append(y, 1.0)):
        with raises(candidate, ValueError):
            model.fit(X, targets)
