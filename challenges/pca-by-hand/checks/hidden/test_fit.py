"""`fit_pca`: directions and variances, how many are kept, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import World, fits, near, orthonormal, parts

from grader.checks import raises


@pytest.mark.points(3)
@pytest.mark.hint("One direction per row, the one with the largest variance first.")
def test_known_directions(candidate, rng):
    """Finds known directions and variances."""
    world = World(rng, 50, 4, [9.0, 4.0, 1.0, 0.25])
    for k in (1, 2, 4):
        fits(candidate.fit_pca(world.X, k), world, k)


@pytest.mark.points(2)
@pytest.mark.hint("Subtract the mean of each column before anything else.")
def test_far_from_zero(candidate, rng):
    """Where the data lies does not matter."""
    world = World(rng, 40, 3, [4.0, 1.0, 0.2], offset=1000.0)
    fits(candidate.fit_pca(world.X, 2), world, 2)


@pytest.mark.points(2)
@pytest.mark.hint("Sums of squares are divided by n - 1; with few rows it shows.")
def test_few_rows(candidate, rng):
    """Variances of few rows have n - 1 in the denominator."""
    for n in (2, 3, 4):
        world = World(rng, n, 5, [8.0, 2.0, 0.5][: n - 1])
        fits(candidate.fit_pca(world.X, n - 1), world, n - 1)


def test_every_row_twice(candidate, rng):
    """With every row twice, directions stay and variances fall a little."""
    n = 6
    world = World(rng, n, 3, [5.0, 2.0, 1.0])
    rows = rng.permutation(2 * n) % n
    world.variances = world.variances * 2 * (n - 1) / (2 * n - 1)
    fits(candidate.fit_pca(world.X[rows], 3), world, 3)


@pytest.mark.points(2)
@pytest.mark.hint("Columns are centred, not divided by their standard deviation.")
def test_units_of_the_columns(candidate, rng):
    """A column with large numbers keeps its large variance."""
    order = rng.permutation(4)
    world = World(rng, 30, 4, [1e4, 100.0, 1.0, 0.01], directions=np.eye(4)[order])
    fits(candidate.fit_pca(world.X, 3), world, 3)


@pytest.mark.points(2)
@pytest.mark.hint("Among n centred rows there are at most n - 1 directions.")
def test_more_columns_than_rows(candidate, rng):
    """More columns than rows."""
    world = World(rng, 7, 40, [6.0, 5.0, 4.0, 3.0, 2.0, 1.0])
    for k in (2, 6):
        fits(candidate.fit_pca(world.X, k), world, k)


def test_directions_are_orthonormal(candidate, rng):
    """The directions are orthogonal to each other and of length 1."""
    for n, d, k in ((60, 6, 6), (60, 6, 3), (5, 9, 4)):
        X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + 5.0
        _, components, _, _ = parts(candidate.fit_pca(X, k), k, d)
        orthonormal(components)


def test_columns_that_repeat(candidate, rng):
    """A constant column and a copied one: directions without variance are still orthonormal."""
    a, b = rng.normal(size=(2, 25))
    X = np.column_stack([a, np.full(25, 3.5), b, a])
    mean, components, variances, total = parts(candidate.fit_pca(X, 4), 4, 4)
    orthonormal(components)
    near(mean, X.mean(axis=0))
    near(total, float(X.var(axis=0, ddof=1).sum()))
    near(variances[2:], np.zeros(2), size=total)
    near(float(variances[:2].sum()), total)


def test_equal_variances(candidate, rng):
    """Where two variances are equal, the plane counts and not the directions in it."""
    world = World(rng, 30, 4, [3.0, 3.0, 1.0, 0.5])
    _, components, variances, _ = parts(candidate.fit_pca(world.X, 2), 2, 4)
    near(variances, np.array([3.0, 3.0]))
    orthonormal(components)
    near(components.T @ components, world.directions[:2].T @ world.directions[:2])


def test_one_column(candidate, rng):
    """A single column is its own component."""
    X = rng.normal(size=(9, 1)) * 4 - 2
    mean, components, variances, total = parts(candidate.fit_pca(X, 1), 1, 1)
    near(mean, X.mean(axis=0))
    near(np.abs(components), np.ones((1, 1)))
    near(variances, X.var(axis=0, ddof=1))
    near(total, float(X.var(ddof=1)))


@pytest.mark.points(3)
@pytest.mark.hint(
    "The smallest number that explains at least the share: add up the ratios until it is reached."
)
def test_share_of_the_variance(candidate, rng):
    """A float keeps the fewest components that explain at least that share."""
    world = World(rng, 40, 6, [5.0, 3.0, 1.0, 0.6, 0.3, 0.1])
    for kept, share in enumerate(world.shares(), start=1):
        fits(candidate.fit_pca(world.X, float(share - 1e-4)), world, kept)
        if kept < 6:
            fits(candidate.fit_pca(world.X, float(share + 1e-4)), world, kept + 1)
    fits(candidate.fit_pca(world.X, 0.001), world, 1)


def test_share_with_few_rows(candidate, rng):
    """A share of the variance when there are more columns than rows."""
    world = World(rng, 5, 12, [4.0, 3.0, 2.0, 1.0])
    for share, kept in ((0.3, 1), (0.65, 2), (0.8, 3), (0.95, 4), (0.99999, 4)):
        fits(candidate.fit_pca(world.X, share), world, kept)


@pytest.mark.points(2)
@pytest.mark.hint("Both limits count: the number of columns, and the number of rows less one.")
def test_number_of_components(candidate, rng):
    """From 1 to min(n - 1, d) components; any other integer is an error."""
    for n, d, most in ((9, 3, 3), (4, 3, 3), (3, 3, 2), (5, 8, 4), (2, 1, 1)):
        X = rng.normal(size=(n, d))
        parts(candidate.fit_pca(X, most), most, d)
        parts(candidate.fit_pca(X, 1), 1, d)
        for wrong in (most + 1, most + 7, 0, -1):
            with raises(candidate, ValueError):
                candidate.fit_pca(X, wrong)


def test_shares_that_are_none(candidate, rng):
    """A float that is not between 0 and 1 is an error."""
    X = rng.normal(size=(12, 4))
    for share in (0.0, 1.0, 2.0, -0.2, 1.5):
        with raises(candidate, ValueError):
            candidate.fit_pca(X, share)


def test_no_variance(candidate):
    """Equal rows, or a single row, are an error, however many components are asked for."""
    for rows in (1, 2, 8):
        for n_components in (1, 0.5):
            with raises(candidate, ValueError):
                candidate.fit_pca(np.full((rows, 3), [2.0, -1.0, 0.5]), n_components)
    almost = np.full((8, 3), [2.0, -1.0, 0.5])
    almost[5, 1] = 7.0
    _, components, variances, _ = parts(candidate.fit_pca(almost, 0.5), 1, 3)
    near(np.abs(components), np.array([[0.0, 1.0, 0.0]]))
    near(variances, np.array([8.0]))
