"""`score`: the two metrics on random rows, their bounds, which one is taken, errors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from oracle import balanced_accuracy, r_squared

from grader.checks import close, raises

TIGHT = 1e-9


def draw_labels(rng, names, rows=120):
    """Lopsided truth, and predictions that are right about two times in three."""
    names = np.array(names)
    shares = np.array([8.0, *np.ones(len(names) - 1)])
    truth = rng.choice(names, rows, p=shares / shares.sum())
    truth[: len(names)] = names
    predicted = np.where(rng.random(rows) < 0.6, truth, rng.choice(names, rows))
    order = rng.permutation(rows)
    return truth[order], predicted[order]


@pytest.mark.points(2)
@pytest.mark.hint("Each class counts alike, however many rows it has.")
@pytest.mark.parametrize("dtype", ["text", "category", "bool", "int", "float"])
def test_balanced_accuracy(candidate, rng, dtype):
    """Labels of every dtype: the mean share of each class that is predicted right."""
    names = {"bool": [False, True], "int": [4, -2, 9], "float": [4.0, -2.0, 9.0]}.get(
        dtype, ["b", "a", "long"]
    )
    truth, predicted = draw_labels(rng, names)
    series = pd.Series(truth, dtype="str" if dtype == "text" else None)
    series = series.astype("category") if dtype == "category" else series
    expected = balanced_accuracy(truth.tolist(), predicted.tolist())
    close(candidate.score(series, predicted), expected, rtol=TIGHT)
    close(candidate.score(series, predicted, "classification"), expected, rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("R² compares squared errors with those of the mean. Correlation is something else.")
def test_r_squared(candidate, rng):
    """Floats, and large integers: good predictions, biased ones and ones that are worse than the mean."""
    truth = rng.normal(size=80) * 30 + 100
    for y in (truth, np.rint(truth * 100).astype(np.int64)):
        noise = rng.normal(size=80) * y.std()
        for predicted in (y + 0.3 * noise, y + 0.8 * y.std(), -1.0 * y, np.full(80, y.mean()), 1.0 * y):
            expected = r_squared(y.tolist(), predicted.tolist())
            close(candidate.score(pd.Series(y), predicted), expected, rtol=TIGHT, atol=1e-12)
            close(candidate.score(pd.Series(y), predicted, "regression"), expected, rtol=TIGHT, atol=1e-12)


def test_predicting_one_class(candidate, rng):
    """Always the commonest class scores one over the number of classes; all right scores 1."""
    truth, _ = draw_labels(rng, ["a", "b", "c", "d"])
    close(candidate.score(pd.Series(truth), np.full(len(truth), "a")), 0.25, rtol=TIGHT)
    close(candidate.score(pd.Series(truth), truth), 1.0, rtol=TIGHT)


@pytest.mark.hint("Which classes are averaged over: those of y_true, or those of y_pred as well?")
@pytest.mark.filterwarnings("ignore")
def test_class_that_is_only_predicted(candidate, rng):
    """A class that only the predictions have does not count by itself."""
    truth, predicted = draw_labels(rng, [3, 5, 8])
    predicted[rng.choice(120, 30, replace=False)] = 12
    expected = balanced_accuracy(truth.tolist(), predicted.tolist())
    close(candidate.score(pd.Series(truth), predicted), expected, rtol=TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("If the caller names the kind, the rows are not asked.")
def test_kind_is_said(candidate, rng):
    """The same whole numbers as labels and as amounts, as the caller says, or else by the rule."""
    for rows in (12, 200):
        truth = np.concatenate([[1, 2, 5], rng.choice([1, 2, 5], rows - 3)])
        predicted = rng.permutation(truth)
        as_labels = balanced_accuracy(truth.tolist(), predicted.tolist())
        as_amounts = r_squared(truth.tolist(), predicted.tolist())
        close(
            candidate.score(pd.Series(truth), predicted, "classification"), as_labels, rtol=TIGHT, atol=1e-12
        )
        close(candidate.score(pd.Series(truth), predicted, "regression"), as_amounts, rtol=TIGHT, atol=1e-12)
        by_rule = as_amounts if rows == 12 else as_labels
        close(candidate.score(pd.Series(truth), predicted), by_rule, rtol=TIGHT, atol=1e-12)


@pytest.mark.hint("y_pred has no index; rows belong together by their position.")
def test_index_does_not_matter(candidate, rng):
    """An index in another order changes nothing."""
    truth, predicted = draw_labels(rng, ["a", "b", "c"])
    amounts = rng.normal(size=50)
    guess = amounts + 0.4 * rng.normal(size=50)
    expected = balanced_accuracy(truth.tolist(), predicted.tolist())
    close(candidate.score(pd.Series(truth, index=rng.permutation(120)), predicted), expected, rtol=TIGHT)
    expected = r_squared(amounts.tolist(), guess.tolist())
    close(candidate.score(pd.Series(amounts, index=rng.permutation(50)), guess), expected, rtol=TIGHT)


@pytest.mark.hint("A length of 1 broadcasts silently.")
@pytest.mark.parametrize(("rows", "predictions"), [(8, 7), (8, 1), (0, 0)])
def test_unequal_or_no_rows(candidate, rng, rows, predictions):
    """Different lengths, or no rows, are an error for either kind."""
    amounts = pd.Series(rng.normal(size=rows)), rng.normal(size=predictions)
    labels = pd.Series(rng.choice(["a", "b"], rows), dtype="str"), rng.choice(["a", "b"], predictions)
    for kind, (y_true, y_pred) in (("regression", amounts), ("classification", labels)):
        with raises(candidate, ValueError):
            candidate.score(y_true, y_pred, kind)
        with raises(candidate, ValueError):
            candidate.score(y_true, y_pred)


def test_unknown_kind(candidate, rng):
    """Any other kind is an error."""
    truth = rng.integers(0, 2, 30)
    for kind in ("Classification", "ranking", ""):
        with raises(candidate, ValueError):
            candidate.score(pd.Series(truth), truth, kind)
