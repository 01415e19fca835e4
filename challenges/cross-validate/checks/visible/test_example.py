"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np

from grader.checks import array, close, equal, holds, raises

LETTERS = np.array(["a", "a", "a", "a", "a", "b", "b"])
X = np.array([[0.5], [1.5], [2.5], [3.5], [4.5]])
Y = np.array([1, 0, 1, 0, 0])


def fit(X_train, y_train):
    labels, counts = np.unique(y_train, return_counts=True)
    return labels[np.argmax(counts)]


def predict(model, X_test):
    return np.array([model] * len(X_test))


def test_folds(candidate):
    """Two folds of the example's seven letters."""
    first, second = candidate.stratified_folds(LETTERS, 2, 7)
    first, second = array(first, shape=(None,), dtype="int"), array(second, shape=(None,), dtype="int")
    equal(np.sort(np.concatenate([first, second])), np.arange(7))
    holds(abs(len(first) - len(second)) == 1, "one fold has 4 rows, the other 3")
    for fold in (first, second):
        equal(int(np.sum(LETTERS[fold] == "b")), 1)


def test_scores_and_predictions(candidate):
    """Scores and predictions of the example."""
    scores, predictions = candidate.cross_validate(
        fit, predict, X, Y, [np.array([4, 1]), np.array([0, 2, 3])]
    )
    close(scores, np.array([0.0, 1 / 3]), rtol=1e-9)
    equal(predictions, np.array([0, 1, 0, 0, 1]))


def test_too_many_folds(candidate):
    """More folds than rows are an error."""
    with raises(candidate, ValueError):
        candidate.stratified_folds(LETTERS, 8, 7)


def test_forgotten_row(candidate):
    """Folds that leave out a row are an error."""
    with raises(candidate, ValueError):
        candidate.cross_validate(fit, predict, X, Y, [np.array([4, 1]), np.array([0, 2])])
