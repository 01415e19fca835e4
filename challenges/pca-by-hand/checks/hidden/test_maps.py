"""`transform`, `inverse_transform` and `explained_variance_ratio`: values, round trips, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import World, coordinates, near, parts, points

from grader.checks import array, raises


@pytest.mark.points(2)
@pytest.mark.hint("Each coordinate is the dot product of a centred row and a component.")
def test_coordinates_of_new_rows(candidate, rng):
    """Coordinates of rows that were not part of the fit."""
    pca = World(rng, 20, 5, [9.0, 4.0, 2.0, 1.0, 0.5], offset=10.0).pca(3)
    for rows in (1, 2, 30):
        X = rng.normal(size=(rows, 5)) * 3 + 4
        near(candidate.transform(pca, X), coordinates(pca, X))


@pytest.mark.points(2)
@pytest.mark.hint("New rows are centred with the mean of the fit, never with their own.")
def test_fit_then_one_row(candidate, rng):
    """A row's coordinates do not depend on the rows beside it."""
    world = World(rng, 30, 4, [5.0, 2.0, 1.0, 0.5], offset=20.0)
    pca = candidate.fit_pca(world.X, 2)
    together = array(candidate.transform(pca, world.X), shape=(30, 2))
    near(np.abs(together), np.abs(coordinates(world.pca(2), world.X)))
    for row in (0, 17):
        near(candidate.transform(pca, world.X[row : row + 1]), together[row : row + 1], size=1.0)


@pytest.mark.points(2)
@pytest.mark.hint("The coordinates keep their variances; nothing is divided by a standard deviation.")
def test_coordinates_are_uncorrelated(candidate, rng):
    """Coordinates of the fitted rows have mean 0, the variances of the fit and no covariance."""
    X = rng.normal(size=(40, 5)) @ rng.normal(size=(5, 5)) + 8.0
    pca = candidate.fit_pca(X, 4)
    _, _, variances, _ = parts(pca, 4, 5)
    Z = array(candidate.transform(pca, X), shape=(40, 4))
    near(Z.mean(axis=0), np.zeros(4), size=8.0)
    near(np.cov(Z, rowvar=False), np.diag(variances))


@pytest.mark.points(2)
@pytest.mark.hint("Start at the mean and go along each component.")
def test_points_of_coordinates(candidate, rng):
    """Points with given coordinates; the mean is the point with coordinates 0."""
    pca = World(rng, 20, 5, [9.0, 4.0, 2.0, 1.0, 0.5], offset=10.0).pca(3)
    for rows in (1, 3, 25):
        Z = rng.normal(size=(rows, 3)) * 2
        near(candidate.inverse_transform(pca, Z), points(pca, Z))
    near(candidate.inverse_transform(pca, np.zeros((2, 3))), np.array([pca["mean"]] * 2))


def test_coordinates_survive_the_way_back(candidate, rng):
    """From coordinates to points and back to the same coordinates."""
    pca = World(rng, 20, 6, [9.0, 4.0, 2.0, 1.0, 0.5]).pca(2)
    Z = rng.normal(size=(15, 2)) * 5
    near(candidate.transform(pca, candidate.inverse_transform(pca, Z)), Z)


@pytest.mark.points(2)
@pytest.mark.hint("With all components nothing is lost.")
def test_round_trip_with_all_components(candidate, rng):
    """With all components, rows come back as they were: new ones too if there are d components."""
    for n, d in ((25, 4), (5, 11)):
        X = rng.normal(size=(n, d)) * 3 + 50
        pca = candidate.fit_pca(X, min(n - 1, d))
        near(candidate.inverse_transform(pca, candidate.transform(pca, X)), X)
        if n > d:
            new = rng.normal(size=(6, d)) * 10
            near(candidate.inverse_transform(pca, candidate.transform(pca, new)), new)


@pytest.mark.points(3)
@pytest.mark.hint("The mean squared distance of rows and what comes back is what the other components held.")
def test_error_is_the_discarded_variance(candidate, rng):
    """The squared error of the way there and back, over n - 1, is the variance that was discarded."""
    world = World(rng, 30, 5, [8.0, 4.0, 2.0, 1.0, 0.5], offset=30.0)
    for k in (1, 2, 4):
        pca = candidate.fit_pca(world.X, k)
        back = array(candidate.inverse_transform(pca, candidate.transform(pca, world.X)), shape=(30, 5))
        near(float(((world.X - back) ** 2).sum()) / 29, float(world.variances[k:].sum()))


@pytest.mark.points(2)
@pytest.mark.hint("Divide by the variance of all columns, not by what was kept.")
def test_ratio_of_the_total_variance(candidate, rng):
    """Ratios are shares of the total variance, kept or not."""
    world = World(rng, 30, 5, [8.0, 4.0, 2.0, 1.0, 0.5])
    for k in (1, 3, 5):
        near(candidate.explained_variance_ratio(world.pca(k)), world.variances[:k] / 15.5)
        near(candidate.explained_variance_ratio(candidate.fit_pca(world.X, k)), world.variances[:k] / 15.5)


@pytest.mark.hint("A single column is broadcast silently against the mean; compare the numbers of columns.")
def test_other_numbers_of_columns(candidate, rng):
    """Rows or coordinates with another number of columns are an error."""
    pca = World(rng, 20, 4, [3.0, 2.0, 1.0]).pca(3)
    for columns in (1, 3, 5):
        with raises(candidate, ValueError):
            candidate.transform(pca, rng.normal(size=(6, columns)))
    for columns in (1, 2, 4):
        with raises(candidate, ValueError):
            candidate.inverse_transform(pca, rng.normal(size=(6, columns)))
