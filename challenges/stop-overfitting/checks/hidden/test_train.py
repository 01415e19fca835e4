"""`train`: what it predicts, on what it may rest, and how well it does on rows it has never seen.

The models of the six tasks are trained once for the file.
"""

from __future__ import annotations

import numpy as np
import pytest
from worlds import NOISES, Ints, Task, draw_task

from grader.checks import array, between, equal, holds

ROWS = 800


@pytest.fixture(scope="module")
def tasks(shared_rng: np.random.Generator) -> list[Task]:
    return [draw_task(shared_rng, ROWS, noise) for noise in NOISES]


@pytest.fixture(scope="module")
def models(shared_candidate, tasks):
    return [shared_candidate.train(task.X, task.y) for task in tasks]


def predictions(model, X) -> Ints:
    """Predictions, once they are known to be one 0 or 1 for each row."""
    answers = array(model.predict(X), shape=(len(X),), dtype="int")
    between(answers.min(), 0, 1)
    between(answers.max(), 0, 1)
    return answers


def test_predicts_a_class_for_each_row(models, tasks):
    """Predictions are integers 0 or 1, one per row, and one row is enough."""
    for rows in (1, 7):
        predictions(models[0], tasks[0].new_X[:rows])


@pytest.mark.points(2)
@pytest.mark.hint("A leaf with one row repeats that row's label, wrong or right. How large must a leaf be?")
def test_new_rows(models, tasks, metric):
    """Accuracy on rows that were never seen."""
    skills = [task.skill(predictions(model, task.new_X)) for model, task in zip(models, tasks, strict=True)]
    metric("skill", np.mean(skills))


@pytest.mark.points(2)
@pytest.mark.hint("A model that is right on nearly all training rows has learned the wrong labels as well.")
def test_training_rows(models, tasks, metric):
    """Accuracy on the training rows is hardly better than on new ones."""
    gaps = []
    for at, task in enumerate(tasks):
        answers = array(predictions(models[at], task.X), shape=(ROWS,), dtype="int")
        fitted = float(np.mean(answers == task.y))
        gaps.append(fitted - task.accuracy(predictions(models[at], task.new_X)))
    metric("gap", np.mean(gaps))


@pytest.mark.points(2)
@pytest.mark.hint(
    "Trees split between neighbouring values. Is there anything in your model that measures distances?"
)
def test_only_order_matters(shared_candidate, models, tasks):
    """Columns put through increasing functions leave nearly all predictions as they were."""
    task = tasks[0]
    centre, spread = task.X.mean(axis=0), task.X.std(axis=0)

    def stretched(X):
        inner = (X - centre) / spread
        return np.where(np.arange(X.shape[1]) % 2, np.exp(2.0 * inner), inner**3 + 0.01 * inner)

    before = predictions(models[0], task.new_X)
    after = predictions(shared_candidate.train(stretched(task.X), task.y), stretched(task.new_X))
    same = float(np.mean(before == after))
    holds(same >= 0.95, f"{same:.1%} of the predictions stay")


@pytest.mark.hint("Forests, and ties between splits, are drawn at random: fix `random_state`.")
def test_repeatable(shared_candidate, models, tasks):
    """Trained again on the same rows, it predicts the same."""
    task = tasks[-1]  # the noisiest, in which chance decides most
    again = shared_candidate.train(task.X, task.y)
    equal(predictions(again, task.new_X), predictions(models[-1], task.new_X))


def test_learns_from_the_labels(shared_candidate, models, tasks):
    """With all labels turned round, nearly all predictions turn round as well."""
    task = tasks[0]
    turned = predictions(shared_candidate.train(task.X, 1 - task.y), task.new_X)
    same = float(np.mean(turned == 1 - predictions(models[0], task.new_X)))
    holds(same >= 0.9, f"{same:.1%} of the predictions turn round")
