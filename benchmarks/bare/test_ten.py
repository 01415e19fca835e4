"""The ten checks of the challenge f1-ten in plain pytest: the answer is imported, nothing isolates it.

`oracle` and `reference` are found on the path, so that the same file serves both oracles.
"""

from __future__ import annotations

import numpy as np
import pytest
from oracle import averaged, one_class  # type: ignore[import-not-found]
from reference import f1, precision_recall_f1  # type: ignore[import-not-found]

TIGHT = 1e-9


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_two_classes(rng: np.random.Generator) -> None:
    for _ in range(5):
        y_true, y_pred = rng.integers(0, 2, (2, 200))
        answer = precision_recall_f1(y_true, y_pred)
        assert answer == pytest.approx(one_class(y_true, y_pred, 1), rel=TIGHT)


def test_any_class_can_be_positive(rng: np.random.Generator) -> None:
    y_true, y_pred = rng.integers(0, 4, (2, 200))
    for label in range(4):
        answer = precision_recall_f1(y_true, y_pred, positive=label)
        assert answer == pytest.approx(one_class(y_true, y_pred, label), rel=TIGHT)


def test_text_labels(rng: np.random.Generator) -> None:
    y_true, y_pred = rng.choice(["ham", "spam", "unsure"], (2, 200))
    answer = precision_recall_f1(y_true, y_pred, positive="spam")
    assert answer == pytest.approx(one_class(y_true, y_pred, "spam"), rel=TIGHT)


def test_swapping_truth_and_prediction(rng: np.random.Generator) -> None:
    y_true, y_pred = rng.integers(0, 2, (2, 200))
    precision, recall, score = one_class(y_true, y_pred, 1)
    assert precision_recall_f1(y_pred, y_true) == pytest.approx((recall, precision, score), rel=TIGHT)


def test_nothing_predicted_positive(rng: np.random.Generator) -> None:
    y_true, y_pred = rng.integers(0, 2, 50), np.zeros(50, dtype=np.int64)
    assert precision_recall_f1(y_true, y_pred) == pytest.approx(one_class(y_true, y_pred, 1))


@pytest.mark.parametrize("average", ["macro", "micro", "weighted"])
def test_average(rng: np.random.Generator, average: str) -> None:
    for _ in range(3):
        y_true, y_pred = rng.integers(0, 6, (2, 500))
        assert f1(y_true, y_pred, average) == pytest.approx(averaged(y_true, y_pred, average), rel=TIGHT)


def test_class_that_is_only_predicted(rng: np.random.Generator) -> None:
    y_true, y_pred = rng.integers(0, 3, 200), rng.integers(0, 4, 200)
    assert f1(y_true, y_pred, "macro") == pytest.approx(averaged(y_true, y_pred, "macro"), rel=TIGHT)


def test_unequal_lengths(rng: np.random.Generator) -> None:
    y_true, y_pred = rng.integers(0, 2, 5), rng.integers(0, 2, 4)
    with pytest.raises(ValueError, match="labels"):
        precision_recall_f1(y_true, y_pred)
