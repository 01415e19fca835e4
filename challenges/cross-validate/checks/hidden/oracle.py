"""Labels to divide, folds to run, and a classifier on the trusted side that writes down what it is given."""

from __future__ import annotations

import numpy as np

from grader.checks import array, equal, holds


def labels_of(rng, sizes, *, in_order=False):
    """Labels with gaps, `sizes[i]` rows of the i-th class; shuffled unless told otherwise."""
    names = np.sort(rng.choice(np.arange(-50, 50), len(sizes), replace=False))
    y = np.repeat(names, sizes)
    return y if in_order else rng.permutation(y)


def folds_of(answer, k):
    """The folds of `stratified_folds` once their kinds are sure: k arrays of integers in a list."""
    holds(type(answer) is list, "the folds come in a list")
    equal(len(answer), k)
    return [array(fold, shape=(None,), dtype="int") for fold in answer]


def draw_folds(rng, sizes):
    """Folds of these sizes, rows at random and in random order."""
    return np.split(rng.permutation(sum(sizes)), np.cumsum(sizes)[:-1])


def draw_rows(rng, sizes, classes=3):
    """X, y and folds of these sizes."""
    n = sum(sizes)
    return rng.normal(size=(n, 2)), rng.permutation(np.arange(n) % classes), draw_folds(rng, sizes)


class Model:
    """What `fit` returns. It stays on this side: the candidate can only hand it back."""

    def __init__(self, content):
        self.content = content


class Watched:
    """`fit` and `predict` that write down every call. `answers[i]` is predicted for row i of X."""

    def __init__(self, X, answers):
        self.rows = {row.tobytes(): i for i, row in enumerate(X)}
        self.answers = answers
        self.calls, self.trained, self.models, self.tested = [], [], [], []

    def fit(self, X_train, y_train):
        self.calls.append("fit")
        self.trained.append((X_train, y_train))
        return Model(len(self.trained) - 1)

    def predict(self, model, X_test):
        self.calls.append("predict")
        self.models.append(model.content if type(model) is Model else -1)
        self.tested.append(X_test)
        block = array(X_test, shape=(None, 2))
        return self.answers[[self.rows[row.tobytes()] for row in block]]


class Parrot:
    """`fit` and `predict` of a model that repeats the labels 0 and 1 of the rows that it was trained on.

    Any other row gets the label that is not its own.
    """

    def __init__(self, X, y):
        self.truth = {row.tobytes(): label for row, label in zip(X, y, strict=True)}

    def fit(self, X_train, y_train):
        return Model([row.tobytes() for row in array(X_train, shape=(None, 2))])

    def predict(self, model, X_test):
        rows = [row.tobytes() for row in array(X_test, shape=(None, 2))]
        return np.array([self.truth[row] if row in model.content else 1 - self.truth[row] for row in rows])


def centroids(X, y):
    """A model: the labels and the mean row of each."""
    labels = np.unique(y)
    return labels, np.array([X[y == label].mean(axis=0) for label in labels])


def nearest(model, X):
    """The label of the nearest mean."""
    labels, means = model
    return labels[np.argmin(((X[:, None] - means) ** 2).sum(axis=2), axis=1)]
