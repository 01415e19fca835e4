"""What every model must do, whatever its method, and its skill. Each is built once for the whole file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from oracle import label_skill, number_skill
from worlds import LABEL_GUISES, NUMBER_GUISES, Task, label_task, number_task

from grader.checks import array, close, equal, holds, raises

GUISES = (*LABEL_GUISES, *NUMBER_GUISES)
FAMILY = {
    "text": "str",
    "categories": "str",
    "truth values": "bool",
    "integer codes": "int",
    "codes with holes": "float",
}


@pytest.fixture(scope="module")
def tasks(shared_rng: np.random.Generator) -> dict[str, Task]:
    labels = {guise: label_task(guise, shared_rng) for guise in LABEL_GUISES}
    return labels | {guise: number_task(guise, shared_rng) for guise in NUMBER_GUISES}


@pytest.fixture(scope="module")
def model_of(shared_candidate, tasks):
    """The model for a guise, built when it is first asked for."""
    built = {}

    def model(guise):
        if guise not in built:
            built[guise] = shared_candidate.build(tasks[guise].X, tasks[guise].y)
        return built[guise]

    return model


def predictions(model, X, guise):
    """What the model predicts, its shape and dtype checked."""
    return array(model.predict(X), shape=(len(X),), dtype=FAMILY.get(guise, "float"))


def same(actual, expected, guise):
    """Labels are the same, amounts are but for rounding."""
    if guise in FAMILY:
        equal(actual, expected)
    else:
        close(actual, expected, rtol=1e-6)


@pytest.mark.points(2)
@pytest.mark.hint("Labels come back as they were written; amounts are floats.")
@pytest.mark.parametrize("guise", GUISES)
def test_kind_of_predictions(model_of, tasks, guise):
    """One prediction for each row: labels that y has, in y's kind of dtype, or finite floats."""
    task = tasks[guise]
    predicted = predictions(model_of(guise), task.new_X, guise)
    if guise in FAMILY:
        known = np.array(task.y.dropna().unique().tolist())
        holds(bool(np.isin(predicted, known).all()), "every label occurs in y")


@pytest.mark.parametrize("guise", ["text", "truth values", "codes with holes", "amounts"])
def test_other_rows_do_not_matter(model_of, tasks, guise):
    """A row is predicted in the same way alone, among other rows and in another order."""
    X = tasks[guise].new_X.iloc[:40]
    whole = predictions(model_of(guise), X, guise)
    same(model_of(guise).predict(X.iloc[::-1]), whole[::-1], guise)
    for row in (3, 17):
        same(model_of(guise).predict(X.iloc[[row]]), whole[[row]], guise)


@pytest.mark.points(2)
@pytest.mark.hint("Let the encoder ignore levels that it has not seen.")
@pytest.mark.parametrize("guise", ["text", "integer codes", "amounts"])
def test_text_not_seen_before(model_of, tasks, guise):
    """New rows with text that training did not have are predicted too."""
    X = tasks[guise].new_X.iloc[:30].copy()
    X["text"] = X["text"].mask(np.arange(30) % 2 == 0, "zircon")
    X["category"] = X["category"].cat.add_categories(["yarrow"]).mask(np.arange(30) % 3 == 0, "yarrow")
    predictions(model_of(guise), X, guise)


@pytest.mark.hint("Impute what is missing with what was learned from the training rows.")
@pytest.mark.parametrize("guise", ["categories", "whole amounts"])
def test_holes_where_training_had_none(shared_candidate, tasks, guise):
    """A model fitted on complete rows predicts rows with holes, even with hardly anything known."""
    task = tasks[guise]
    whole = task.X.notna().all(axis=1)
    model = shared_candidate.build(task.X[whole], task.y[whole])
    predictions(model, task.new_X, guise)
    nothing = task.new_X.iloc[:5].copy()
    for name in nothing.columns.drop("count"):
        nothing[name] = nothing[name].mask(nothing["count"] >= 0)
    predictions(model, nothing, guise)


@pytest.mark.points(2)
@pytest.mark.hint("A missing target is no class and no amount. Drop its row from X and from y.")
@pytest.mark.parametrize("guise", ["text", "codes with holes", "amounts"])
def test_rows_without_a_target_are_left_out(shared_candidate, tasks, guise, rng):
    """Rows whose target is missing are left out, whatever stands in them."""
    task = tasks[guise]
    there = task.y.notna()
    hole = there & (rng.random(len(there)) < 1 / 3)
    y = task.y.mask(hole)
    known = y.notna()
    wild = task.X.copy()
    for name in ("number 0", "number 1"):
        wild[name] = task.X[name].mask(~known, 50 * task.X[name].abs().max())
    first, second = shared_candidate.build(wild, y), shared_candidate.build(task.X[known], y[known])
    one = predictions(first, task.new_X, guise)
    other = predictions(second, task.new_X, guise)
    skill = label_skill if guise in FAMILY else number_skill
    scores = [skill(each, task.new_y, task.best) for each in (one, other)]
    message = f"skill is {scores[0]:.2f} with rows without a target among them, {scores[1]:.2f} without them"
    holds(scores[0] > scores[1] - 0.1, message)


@pytest.mark.points(2)
@pytest.mark.hint("What was learned belongs into the object that you return, not into a global.")
def test_models_are_independent(shared_candidate, model_of, tasks, rng):
    """Building a model for other data does not change the first."""
    for guise in ("integer codes", "amounts"):
        X = tasks[guise].new_X.iloc[:200]
        before = predictions(model_of(guise), X, guise)
        for draw, other in ((label_task, "text"), (number_task, "whole amounts")):
            task = draw(other, rng)
            shared_candidate.build(task.X[X.columns], task.y)
        same(model_of(guise).predict(X), before, guise)


def test_target_without_any_value(shared_candidate, tasks):
    """A target that is wholly missing is an error."""
    X = tasks["amounts"].X
    for dtype in ("float64", "str"):
        with raises(shared_candidate, ValueError):
            shared_candidate.build(X, pd.Series([None] * len(X), index=X.index, dtype=dtype))


@pytest.mark.hint("Is a model of the right kind fitted in every guise, and does it use text columns too?")
def test_labels_are_predicted(model_of, tasks, metric):
    """Labels as text, categories, truth values, integers and floats: how good, against the best possible."""
    skills = []
    for guise in LABEL_GUISES:
        task = tasks[guise]
        predicted = predictions(model_of(guise), task.new_X, guise)
        skills.append(label_skill(predicted, task.new_y, task.best))
    metric("label_skill", min(skills))


@pytest.mark.hint("Is a model of the right kind fitted in every guise, and does it use text columns too?")
def test_amounts_are_predicted(model_of, tasks, metric):
    """Amounts as floats and as large integers, some of them missing: how good, against the best possible."""
    skills = []
    for guise in NUMBER_GUISES:
        task = tasks[guise]
        predicted = predictions(model_of(guise), task.new_X, guise)
        skills.append(number_skill(predicted, task.new_y, task.best))
    metric("number_skill", min(skills))
