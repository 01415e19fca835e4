"""`OnlineLearner` and `restore`: answers, constant state, restoring, blocks, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import FEATURES, abrupt_stream, fixed_stream

from grader.checks import array, between, close, equal, holds, raises

SAME = {"rtol": 1e-6, "atol": 1e-6}


def taught(candidate, X, y, block=10):
    """A learner that has seen the rows."""
    learner = candidate.OnlineLearner(X.shape[1])
    for start in range(0, len(y), block):
        learner.update(X[start : start + block], y[start : start + block])
    return learner


def state_of(learner):
    return array(learner.state(), shape=(None,), dtype="float")


@pytest.mark.parametrize("rows", [0, 40])
def test_predictions_are_classes(candidate, rng, rows):
    """Predictions are integers 0 or 1, one per row, also before any update."""
    X, y = fixed_stream(rng, 60)
    learner = taught(candidate, X[:rows], y[:rows])
    for block in (X[:1], X):
        answers = array(learner.predict(block), shape=(len(block),), dtype="int")
        for answer in answers:
            between(answer, 0, 1)


@pytest.mark.hint("predict must not write to anything that update reads.")
def test_predicting_learns_nothing(candidate, rng):
    """The state is the same after predictions."""
    X, y = fixed_stream(rng, 60)
    learner = taught(candidate, X[:40], y[:40])
    before = state_of(learner)
    answers = array(learner.predict(X[40:]), shape=(20,), dtype="int")
    learner.predict(X[:30] * 100)
    equal(learner.state(), before)
    equal(learner.predict(X[40:]), answers)


@pytest.mark.points(2)
@pytest.mark.hint("What is kept must not depend on how many rows there were.")
@pytest.mark.parametrize("features", [1, 2, 6, 12])
def test_state_is_of_constant_size(candidate, rng, features):
    """The state is finite, within its limit and of one length, however many rows were seen."""
    learner = candidate.OnlineLearner(features)
    length = len(state_of(learner))
    holds(1 <= length <= 4 * (features + 1) ** 2, f"the state has {length} numbers for {features} features")
    for rows in (1, 2, 50, 500):
        learner.update(rng.normal(size=(rows, features)), rng.integers(0, 2, rows))
        array(learner.state(), shape=(length,), dtype="float")


def test_state_is_what_was_learned(candidate, rng):
    """Learning changes the state, and the same rows give the same state."""
    X, y = fixed_stream(rng, 80)
    first, second = state_of(taught(candidate, X, y)), state_of(taught(candidate, X, y))
    close(second, first, **SAME)
    fresh = array(candidate.OnlineLearner(FEATURES).state(), shape=first.shape)
    holds(np.max(np.abs(first - fresh)) > 1e-9, "80 rows leave the state as it was")


@pytest.mark.points(2)
@pytest.mark.hint("Is there anything that predict reads and state() leaves out?")
def test_restored_learner_predicts_the_same(candidate, rng):
    """A learner restored from a state predicts the same."""
    X, y = abrupt_stream(rng, 500)
    learner = taught(candidate, X[:400], y[:400])
    state = state_of(learner)
    learner.update(X[400:450], 1 - y[400:450])  # the first one goes on; its state from before must do
    twin = candidate.restore(FEATURES, state)
    close(twin.state(), state, **SAME)
    reference = taught(candidate, X[:400], y[:400])
    equal(twin.predict(X), array(reference.predict(X), shape=(500,), dtype="int"))


@pytest.mark.points(2)
@pytest.mark.hint("Is there anything that update reads and state() leaves out: rows, counters, momentum?")
def test_restored_learner_goes_on_the_same(candidate, rng):
    """After the same further rows, a restored learner still agrees."""
    X, y = abrupt_stream(rng, 700)
    learner = taught(candidate, X[:400], y[:400])
    twin = candidate.restore(FEATURES, state_of(learner))
    for start in range(400, 600, 10):
        for one in (learner, twin):
            one.update(X[start : start + 10], y[start : start + 10])
        close(twin.state(), state_of(learner), **SAME)
    equal(twin.predict(X), array(learner.predict(X), shape=(700,), dtype="int"))


@pytest.mark.points(2)
@pytest.mark.hint("A state may travel to another process: what is kept in globals stays behind.")
def test_state_is_enough_in_another_process(candidate, new_process, rng):
    """Restored in another process, a learner predicts the same and goes on the same."""
    X, y = abrupt_stream(rng, 450)
    blocks = [slice(start, start + 10) for start in range(400, 450, 10)]
    learner = taught(candidate, X[:400], y[:400])
    state, answers, later = state_of(learner), array(learner.predict(X), shape=(450,), dtype="int"), []
    for block in blocks:
        learner.update(X[block], y[block])
        later.append(state_of(learner))
    new_process()
    twin = candidate.restore(FEATURES, state)
    equal(twin.predict(X), answers)
    for block, expected in zip(blocks, later, strict=True):
        twin.update(X[block], y[block])
        close(twin.state(), expected, **SAME)


@pytest.mark.points(2)
@pytest.mark.hint("Update row by row inside a block; a mean over the block is another learner.")
def test_blocks_do_not_matter(candidate, rng):
    """The state does not depend on how the rows are cut into blocks."""
    X, y = fixed_stream(rng, 120)
    whole = state_of(taught(candidate, X, y, block=120))
    for block in (1, 7, 60):
        close(taught(candidate, X, y, block=block).state(), whole, **SAME)


@pytest.mark.hint("An attribute of the class belongs to all learners. Is everything set in __init__?")
def test_learners_are_independent(candidate, rng):
    """A second learner does not touch the first."""
    X, y = fixed_stream(rng, 120)
    alone = state_of(taught(candidate, X, y))
    first, second = candidate.OnlineLearner(FEATURES), candidate.OnlineLearner(FEATURES)
    for start in range(0, 120, 10):
        first.update(X[start : start + 10], y[start : start + 10])
        second.update(X[start : start + 10], 1 - y[start : start + 10])
    close(first.state(), alone, **SAME)
    holds(np.max(np.abs(state_of(second) - alone)) > 1e-9, "learners with opposite labels have one state")


@pytest.mark.hint("Look at the whole block before learning from its first row.")
@pytest.mark.parametrize("case", ["columns", "rows", "one label", "label 2", "label -1"])
def test_refused_update(candidate, rng, case):
    """A block that does not fit is an error and leaves the state as it was."""
    X, y = fixed_stream(rng, 30)
    learner = taught(candidate, X, y)
    before = state_of(learner)
    block, labels = {
        "columns": (X[:5, :-1], y[:5]),
        "rows": (X[:5], y[:4]),
        "one label": (X[:5], y[:1]),
        "label 2": (X[:3], np.array([0, 1, 2])),
        "label -1": (X[:3], np.array([1, 1, -1])),
    }[case]
    with raises(candidate, ValueError):
        learner.update(block, labels)
    equal(learner.state(), before)


def test_refused_arguments(candidate, rng):
    """No feature, another number of columns or a state of another length is an error."""
    with raises(candidate, ValueError):
        candidate.OnlineLearner(0)
    learner = candidate.OnlineLearner(3)
    for columns in (2, 4):
        with raises(candidate, ValueError):
            learner.predict(rng.normal(size=(5, columns)))
    state = state_of(learner)
    for wrong in (state[:-1], np.append(state, 0.0), np.empty(0)):
        with raises(candidate, ValueError):
            candidate.restore(3, wrong)
