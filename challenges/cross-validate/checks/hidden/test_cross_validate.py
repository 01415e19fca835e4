"""`cross_validate`: what is trained on, what is tested, scores, predictions, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import Parrot, Watched, centroids, draw_rows, nearest

from grader.checks import array, close, equal, raises

SIZES = [4, 7, 1, 6]


@pytest.mark.points(3)
@pytest.mark.hint("The test fold must not be among the training rows: np.setdiff1d finds the others.")
def test_trained_on_the_other_folds(candidate, rng):
    """Each model is trained on all rows outside its fold and on no other, with their labels."""
    X, y, folds = draw_rows(rng, SIZES)
    watched = Watched(X, y)
    candidate.cross_validate(watched.fit, watched.predict, X, y, folds)
    training = [[row for row in range(len(y)) if row not in fold] for fold in folds]
    close(watched.trained, [(X[rows], y[rows]) for rows in training], rtol=0.0)


@pytest.mark.points(2)
@pytest.mark.hint("Ask the model that was fitted without this fold, and only for this fold.")
def test_tested_on_its_own_fold(candidate, rng):
    """Each model is asked for the rows of its own fold, in the order of the fold."""
    X, y, folds = draw_rows(rng, SIZES)
    watched = Watched(X, y)
    candidate.cross_validate(watched.fit, watched.predict, X, y, folds)
    equal(watched.models, [0, 1, 2, 3])
    close(watched.tested, [X[fold] for fold in folds], rtol=0.0)


@pytest.mark.hint("One fit and one prediction for each fold, and nothing else.")
def test_order_of_calls(candidate, rng):
    """Fits and predicts once for each fold, in turn."""
    X, y, folds = draw_rows(rng, SIZES)
    watched = Watched(X, y)
    candidate.cross_validate(watched.fit, watched.predict, X, y, folds)
    equal(watched.calls, ["fit", "predict"] * 4)


@pytest.mark.points(2)
@pytest.mark.hint("Each score is the share of right rows within one test fold.")
def test_scores(candidate, rng):
    """A score is the share of the fold's rows that are predicted right."""
    X, y, folds = draw_rows(rng, [10, 20, 5, 1, 8])
    answers = y.copy()
    for fold, wrong in zip(folds, (3, 19, 0, 1, 6), strict=True):
        answers[fold[:wrong]] = (answers[fold[:wrong]] + 1) % 3
    watched = Watched(X, answers)
    scores, _ = candidate.cross_validate(watched.fit, watched.predict, X, y, folds)
    close(scores, np.array([0.7, 0.05, 1.0, 0.0, 0.25]), rtol=1e-9)


@pytest.mark.points(2)
@pytest.mark.hint("Write the answers back to where the rows came from.")
def test_predictions_stand_at_their_rows(candidate, rng):
    """Entry i of the predictions belongs to row i of X."""
    X, y, folds = draw_rows(rng, [9, 12, 6])
    answers = rng.permutation(y)
    watched = Watched(X, answers)
    _, predictions = candidate.cross_validate(watched.fit, watched.predict, X, y, folds)
    equal(predictions, answers)


def test_text_labels(candidate, rng):
    """Labels may be strings, of different lengths."""
    X, codes, folds = draw_rows(rng, SIZES)
    names = np.array(["no", "a long yes", "?"])
    y, answers = names[codes], names[rng.permutation(codes)]
    watched = Watched(X, answers)
    scores, predictions = candidate.cross_validate(watched.fit, watched.predict, X, y, folds)
    equal(predictions, answers)
    close(scores, np.array([np.mean(y[fold] == answers[fold]) for fold in folds]), rtol=1e-9)


@pytest.mark.points(2)
@pytest.mark.hint("If this scores well, training rows are being tested or test rows trained on.")
def test_knowing_the_training_rows_by_heart(candidate, rng):
    """A model that knows its training rows by heart, and of all others the opposite, is always wrong."""
    X, y, folds = draw_rows(rng, [8, 9, 8], classes=2)
    parrot = Parrot(X, y)
    scores, predictions = candidate.cross_validate(parrot.fit, parrot.predict, X, y, folds)
    close(scores, np.zeros(3))
    equal(predictions, 1 - y)


def test_one_row_at_a_time(candidate, rng):
    """As many folds as rows, and two folds of which one is a single row."""
    for sizes in ([1] * 8, [7, 1], [1, 7]):
        X, y, folds = draw_rows(rng, sizes)
        answers = rng.permutation(y)
        watched = Watched(X, answers)
        scores, predictions = candidate.cross_validate(watched.fit, watched.predict, X, y, folds)
        close(scores, np.array([np.mean(y[fold] == answers[fold]) for fold in folds]), rtol=1e-9)
        equal(predictions, answers)


@pytest.mark.points(2)
def test_nearest_centroid_on_stratified_folds(candidate, rng):
    """A real classifier on the folds of `stratified_folds`."""
    y = rng.permutation(np.repeat([2, 5, 9], [30, 20, 13]))
    X = rng.normal(size=(63, 2)) + y[:, None] * [0.4, -0.3]
    folds = [array(fold, shape=(None,), dtype="int") for fold in candidate.stratified_folds(y, 5, 3)]
    expected = np.empty(63, dtype=np.int64)
    for fold in folds:
        kept = np.isin(np.arange(63), fold, invert=True)
        expected[fold] = nearest(centroids(X[kept], y[kept]), X[fold])
    scores, predictions = candidate.cross_validate(centroids, nearest, X, y, folds)
    equal(predictions, expected)
    close(scores, np.array([np.mean(y[fold] == expected[fold]) for fold in folds]), rtol=1e-9)


@pytest.mark.points(3)
@pytest.mark.hint("Joined and sorted, the folds must be 0, 1, ..., n - 1. Look before the first fit.")
def test_folds_that_do_not_fit(candidate, rng):
    """A row in no fold or in two, or a number that is no row's, is an error before any fit."""
    X, y, folds = draw_rows(rng, [5, 4, 6])
    first, second, third = folds
    watched = Watched(X, y)
    for wrong in (
        [first, second, third[:-1]],  # a row left out
        [first, second, np.append(third, first[1])],  # a row tested twice
        [first, np.append(second[:-1], first[0]), third],  # both, so that the number of rows is right
        [np.where(fold == 14, -1, fold) for fold in folds],  # numpy would take -1 for the last row
        [first, np.append(second, 15), third],  # one beyond the end
    ):
        with raises(candidate, ValueError):
            candidate.cross_validate(watched.fit, watched.predict, X, y, wrong)
    equal(watched.calls, [])


def test_too_few_folds(candidate, rng):
    """No fold, a single fold or an empty one is an error before any fit."""
    X, y, folds = draw_rows(rng, [6, 6])
    empty = np.array([], dtype=np.int64)
    watched = Watched(X, y)
    for wrong in ([], [np.concatenate(folds)], [empty, *folds], [*folds, empty]):
        with raises(candidate, ValueError):
            candidate.cross_validate(watched.fit, watched.predict, X, y, wrong)
    equal(watched.calls, [])


def test_rows_and_labels_that_do_not_match(candidate, rng):
    """Another number of labels than rows is an error before any fit."""
    X, y, folds = draw_rows(rng, [6, 6])
    watched = Watched(X, y)
    for rows, labels in ((X[:-1], y), (np.vstack([X, X[:1]]), y), (X, y[:-1]), (X, np.append(y, 0))):
        with raises(candidate, ValueError):
            candidate.cross_validate(watched.fit, watched.predict, rows, labels, folds)
    equal(watched.calls, [])
