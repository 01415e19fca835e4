"""`stratified_folds`: every row once, class shares, sizes, chance, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import folds_of, labels_of

from grader.checks import between, close, equal, raises


def spread_is_even(y, folds):
    """Assert that every fold holds its share of each class, rounded down or up."""
    k = len(folds)
    for name in np.unique(y):
        members = np.flatnonzero(y == name)
        for fold in folds:
            between(int(np.isin(members, fold).sum()), len(members) // k, -(-len(members) // k))


@pytest.mark.points(2)
@pytest.mark.hint("Joined and sorted, the folds are 0, 1, ..., n - 1.")
def test_every_row_in_one_fold(candidate, rng):
    """Every row is in exactly one fold, and a fold's rows are in increasing order."""
    for sizes, k in (([6, 6], 3), ([17, 5, 9], 4), ([40], 7), ([1, 2, 3, 4], 2)):
        y = labels_of(rng, sizes)
        folds = folds_of(candidate.stratified_folds(y, k, int(rng.integers(1000))), k)
        equal(np.sort(np.concatenate(folds)), np.arange(len(y)))
        for fold in folds:
            equal(fold, np.sort(fold))


@pytest.mark.points(3)
@pytest.mark.hint("Deal out one class after the other, not blocks of rows.")
def test_each_class_is_spread_over_the_folds(candidate, rng):
    """Every fold has its share of each class, within one row, also if the labels are sorted."""
    for sizes, k in (([30, 12], 3), ([50, 11, 4], 5), ([7, 8, 9, 10], 2), ([23, 22], 10)):
        y = labels_of(rng, sizes, in_order=k in (3, 5))
        folds = folds_of(candidate.stratified_folds(y, k, int(rng.integers(1000))), k)
        spread_is_even(y, folds)


@pytest.mark.points(2)
@pytest.mark.hint("Who gets the first row of the second class?")
def test_sizes_of_the_folds(candidate, rng):
    """Folds differ in size by at most one row, though no class can be divided evenly."""
    for sizes, k in (([6] * 9, 5), ([1] * 13, 4), ([4, 4, 4], 3), ([11, 21, 31], 10)):
        y = labels_of(rng, sizes)
        folds = folds_of(candidate.stratified_folds(y, k, int(rng.integers(1000))), k)
        for fold in folds:
            between(len(fold), len(y) // k, -(-len(y) // k))
        spread_is_even(y, folds)


@pytest.mark.points(2)
def test_class_with_few_rows(candidate, rng):
    """A class with fewer rows than folds has no two rows in one fold."""
    y = labels_of(rng, [25, 3, 1, 2])
    for seed in range(5):
        folds = folds_of(candidate.stratified_folds(y, 4, seed), 4)
        equal(np.sort(np.concatenate(folds)), np.arange(len(y)))
        spread_is_even(y, folds)


def test_text_labels(candidate, rng):
    """Labels may be strings."""
    y = rng.permutation(np.repeat(["no", "yes", "undecided"], [20, 11, 6]))
    folds = folds_of(candidate.stratified_folds(y, 3, 1), 3)
    equal(np.sort(np.concatenate(folds)), np.arange(len(y)))
    spread_is_even(y, folds)


def test_fewest_and_most_folds(candidate, rng):
    """Two folds, and as many folds as rows."""
    for sizes, k in (([1, 1], 2), ([2], 2), ([5, 4], 2), ([5, 4], 9)):
        y = labels_of(rng, sizes)
        folds = folds_of(candidate.stratified_folds(y, k, 2**32 - 1), k)
        equal(np.sort(np.concatenate(folds)), np.arange(len(y)))
        spread_is_even(y, folds)
        for fold in folds:
            between(len(fold), len(y) // k, -(-len(y) // k))


@pytest.mark.points(2)
@pytest.mark.hint("All random numbers come from one generator that is made from `seed` in the call.")
def test_same_seed_same_folds(candidate, rng):
    """The same seed gives the same folds, whatever was called before."""
    y, seed = labels_of(rng, [40, 30]), int(rng.integers(2**32))
    first = folds_of(candidate.stratified_folds(y, 5, seed), 5)
    for other in (0, 1):
        candidate.stratified_folds(y, 5, other)
        equal(candidate.stratified_folds(y, 5, seed), first)


@pytest.mark.points(3)
@pytest.mark.hint("Shuffle within each class, anew for every class.")
def test_rows_are_dealt_by_chance(candidate, rng):
    """Over many seeds, every row is in every fold equally often, and so is every pair of rows together."""
    y, k, seeds = labels_of(rng, [6, 6]), 3, 250
    inside = np.zeros((k, 12))
    together = np.zeros((12, 12))
    start = int(rng.integers(2**31))
    for seed in range(start, start + seeds):
        member = np.array(
            [np.isin(np.arange(12), fold) for fold in folds_of(candidate.stratified_folds(y, k, seed), k)]
        )
        inside += member
        together += member.T.astype(float) @ member
    # Of a row's class, 1 of 5 others shares its fold, and 2 of the 6 of the other class. The
    # standard deviation of a share over 250 seeds is at most 0.03; a fixed order gives 0 or 1.
    expected = np.where(y[:, None] == y, 1 / 5, 1 / 3)
    np.fill_diagonal(expected, 1.0)
    close(inside / seeds, np.full((k, 12), 1 / 3), rtol=0.0, atol=0.18)
    close(together / seeds, expected, rtol=0.0, atol=0.18)


def test_senseless_numbers_of_folds(candidate, rng):
    """Fewer than two folds, or more folds than rows, are an error."""
    y = labels_of(rng, [4, 3])
    for k in (1, 0, -1, 8, 100):
        with raises(candidate, ValueError):
            candidate.stratified_folds(y, k, 0)
    with raises(candidate, ValueError):
        candidate.stratified_folds(y[:1], 2, 0)
