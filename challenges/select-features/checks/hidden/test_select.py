"""`select`: what it finds in worlds never seen, what must not matter, edges."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import accuracy_kept, share_covered, signals_covered
from worlds import MAIN, SIGNALS, draw_world

from grader.checks import array, equal, holds, raises

WORLDS = 4


def indices(answer, k, columns):
    """Assert k different column indices in ascending order; return them."""
    chosen = array(answer, shape=(k,), dtype="int")
    holds(bool(((chosen >= 0) & (chosen < columns)).all()), f"indices are from 0 to {columns - 1}")
    holds(bool((np.diff(chosen) > 0).all()), "indices are in ascending order, none of them twice")
    return chosen


def nearly_all(chosen, signal):
    covered = signals_covered(chosen, signal)
    holds(covered >= SIGNALS - 1, f"{covered} of {SIGNALS} signals are covered")


@pytest.mark.parametrize("k", [1, 2, 7, 25])
def test_indices_of_columns(candidate, rng, k):
    """k different column indices in ascending order."""
    world = draw_world(rng)
    indices(candidate.select(world.X, world.y, k), k, 25)


@pytest.mark.hint("What does a column add to those chosen already? And which columns matter only together?")
def test_signals_are_found(candidate, rng, metric):
    """The chosen columns cover the signals: no copies instead of them, no half pairs, no noise."""
    shares = []
    for k in (SIGNALS, SIGNALS + 3) * WORLDS:
        world = draw_world(rng)
        chosen = indices(candidate.select(world.X, world.y, k), k, 25)
        shares.append(share_covered(chosen, world))
    metric("signals_found", float(np.mean(shares)))


@pytest.mark.hint("The model can use squares and products of the columns, if you give it the right ones.")
def test_model_on_the_chosen_columns(candidate, rng, metric):
    """A fixed model, fitted to the chosen columns, is right about new rows."""
    shares = []
    for _ in range(WORLDS):
        world = draw_world(rng)
        chosen = indices(candidate.select(world.X, world.y, SIGNALS), SIGNALS, 25)
        shares.append(accuracy_kept(chosen, world))
    metric("kept_accuracy", float(np.mean(shares)))


@pytest.mark.points(2)
@pytest.mark.hint("With one place, a column that needs a partner is useless.")
def test_a_single_column(candidate, rng):
    """With k = 1, the column covers a main signal."""
    for _ in range(3):
        world = draw_world(rng)
        chosen = indices(candidate.select(world.X, world.y, 1), 1, 25)
        kind = int(world.signal[chosen[0]])
        holds(0 <= kind < MAIN, "the column is a main column or a copy of one")


@pytest.mark.points(2)
@pytest.mark.hint("Variance, and any penalty on coefficients, depends on units. Standardise.")
def test_units_do_not_matter(candidate, rng):
    """Columns in other units give the same answer, and a useful one."""
    world = draw_world(rng)
    before = indices(candidate.select(world.X, world.y, 8), 8, 25)
    nearly_all(before, world.signal)
    for _ in range(2):
        factors = 2.0 ** rng.integers(-20, 21, 25)
        equal(candidate.select(world.X * factors, world.y, 8), before)


@pytest.mark.points(2)
def test_order_of_columns(candidate, rng):
    """With the columns in another order, the signals are found where they are."""
    world = draw_world(rng)
    by_signal = np.argsort(world.signal, kind="stable")
    for order in (by_signal, by_signal[::-1], rng.permutation(25)):
        chosen = indices(candidate.select(world.X[:, order], world.y, 8), 8, 25)
        nearly_all(chosen, world.signal[order])


def test_order_of_rows(candidate, rng):
    """With the rows sorted by class, the signals are found as well."""
    world = draw_world(rng)
    for order in (np.argsort(world.y, kind="stable"), np.argsort(-world.y, kind="stable")):
        nearly_all(indices(candidate.select(world.X[order], world.y[order], 8), 8, 25), world.signal)


@pytest.mark.points(2)
@pytest.mark.hint("A second copy of a good column is as useless as noise.")
@pytest.mark.parametrize("signal", [0, MAIN - 1])
def test_exact_copies(candidate, rng, signal):
    """Six exact copies of a main column do not push the other signals out."""
    world = draw_world(rng)
    X = np.hstack([world.X, np.repeat(world.X[:, [world.originals[signal]]], 6, axis=1)])
    signals = np.append(world.signal, np.full(6, signal))
    order = rng.permutation(31)
    chosen = indices(candidate.select(X[:, order], world.y, 8), 8, 31)
    nearly_all(chosen, signals[order])


@pytest.mark.hint("A constant column has a standard deviation of 0, or next to 0 if rounding has its way.")
def test_constant_columns(candidate, rng):
    """Constant columns are not chosen while there are others, and do no harm."""
    world = draw_world(rng)
    constant = np.tile([1000.1, 0.1, 0.0], (len(world.X), 1))
    X = np.hstack([constant[:, :2], world.X, constant[:, 2:]])
    signal = np.concatenate([[-1, -1], world.signal, [-1]])
    chosen = indices(candidate.select(X, world.y, 8), 8, 28)
    nearly_all(chosen, signal)
    holds(not np.isin(chosen, (0, 1, 27)).any(), "a constant column is chosen")
    equal(candidate.select(X, world.y, 28), np.arange(28))


def test_every_column(candidate, rng):
    """With k = p, every column is chosen, copies and noise included; a single column too."""
    world = draw_world(rng)
    X = np.hstack([world.X[:, :6], world.X[:, :2]])
    equal(candidate.select(X, world.y, 8), np.arange(8))
    equal(candidate.select(X[:, :1], world.y, 1), np.arange(1))


def test_same_arguments_same_answer(candidate, rng):
    """The same call gives the same answer."""
    world = draw_world(rng)
    first = indices(candidate.select(world.X, world.y, 12), 12, 25)
    equal(candidate.select(world.X, world.y, 12), first)


@pytest.mark.parametrize("k", [0, -1, 26])
def test_impossible_numbers_of_columns(candidate, rng, k):
    """No column, or more columns than there are, are an error."""
    world = draw_world(rng)
    with raises(candidate, ValueError):
        candidate.select(world.X, world.y, k)


@pytest.mark.parametrize("rows", [999, 1])
def test_unequal_numbers_of_rows(candidate, rng, rows):
    """Unequal numbers of rows and classes are an error."""
    world = draw_world(rng)
    with raises(candidate, ValueError):
        candidate.select(world.X, world.y[:rows], 3)
