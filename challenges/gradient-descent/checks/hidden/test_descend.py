"""`descend`: closed-form paths, the stopping rule, divergence, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import Quadratic, plain_path

from grader.checks import array, close, holds, raises

TIGHT = {"rtol": 1e-9, "atol": 1e-12}


@pytest.mark.hint("Does the update go against the gradient?")
def test_one_update(candidate, rng):
    """A single update from a random start."""
    bowl, start, rate = Quadratic(rng, [0.5, 1.0, 2.0]), rng.normal(size=3), float(rng.uniform(0.05, 0.3))
    path = candidate.descend(bowl.gradient, start, rate, 1, 0.0)
    close(path, np.array([start, start - rate * bowl.gradient(start)]), **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint(
    "The error along each eigenvector is multiplied by 1 - rate * curvature. Is the sign right?"
)
def test_path_on_a_quadratic(candidate, rng):
    """The path on a quadratic is the closed form's."""
    bowl, start = Quadratic(rng, [0.2, 1.0, 3.0, 9.0]), rng.normal(size=4) * 5
    rate = float(rng.uniform(0.05, 0.2))
    path = candidate.descend(bowl.gradient, start, rate, 40, 0.0)
    close(path, bowl.path(start, rate, 40), **TIGHT)


def test_path_on_a_curved_valley(candidate, rng):
    """The path on a function that is not quadratic."""
    slopes, start = rng.normal(size=(6, 3)), rng.normal(size=3) * 2

    def gradient(point):  # of the sum of log cosh(slopes @ point), plus half the squared norm
        return slopes.T @ np.tanh(slopes @ point) + point

    path = candidate.descend(gradient, start, 0.05, 30, 0.0)
    close(path, plain_path(gradient, start, 0.05, 30), **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint(
    "The Euclidean norm of the gradient: not its square, not its largest entry, not the step's length."
)
def test_stops_at_the_first_flat_point(candidate, rng):
    """Stops at the first point whose gradient norm is within the tolerance."""
    size = 8
    bowl = Quadratic(rng, [1.0] * size)  # every update shrinks the gradient by one factor
    start = bowl.centre + rng.choice([-1.0, 1.0], size) * rng.uniform(0.9, 1.1, size)
    for rate in (0.1, 0.2):
        last = int(rng.integers(8, 20))
        path = bowl.path(start, rate, last)
        norms = [float(np.linalg.norm(bowl.gradient(point))) for point in path]
        tolerance = float(np.sqrt(norms[-1] * norms[-2]))
        close(candidate.descend(bowl.gradient, start, rate, 500, tolerance), path, **TIGHT)


@pytest.mark.hint("Ask for the gradient first: a point that is flat enough is not left any more.")
def test_start_within_the_tolerance(candidate, rng):
    """A flat start is the whole path, also when its norm is exactly the tolerance."""
    start = rng.normal(size=2)

    def gradient(point):
        return np.array([3.0, -4.0])

    for tolerance in (5.0, 6.0, 1e6):
        close(candidate.descend(gradient, start, 0.1, 10, tolerance), start[None], **TIGHT)
    zero = candidate.descend(lambda point: np.zeros(2), start, 0.1, 10, 0.0)
    close(zero, start[None], **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint("Count updates, not points: there is one point more.")
@pytest.mark.parametrize("steps", [0, 1, 7])
def test_number_of_updates(candidate, rng, steps):
    """Makes exactly `steps` updates if the tolerance is never reached."""
    bowl, start = Quadratic(rng, [1.0, 2.0]), rng.normal(size=2) + 5
    path = candidate.descend(bowl.gradient, start, 0.1, steps, 0.0)
    close(path, bowl.path(start, 0.1, steps), **TIGHT)


@pytest.mark.hint("Ask for the gradient in one place of the loop only.")
def test_gradient_is_asked_once_per_point(candidate, rng):
    """The gradient is asked for once per point, in order, and not after the last update."""
    bowl, start = Quadratic(rng, [1.0, 1.5]), rng.normal(size=2) + 4
    tolerance = float(np.linalg.norm(bowl.gradient(bowl.path(start, 0.2, 9)[9]))) * 1.001
    for steps, calls in ((4, 4), (100, 10)):
        asked = []

        def gradient(point, asked=asked):
            asked.append(point)
            return bowl.gradient(point)

        candidate.descend(gradient, start, 0.2, steps, tolerance)
        close(asked, list(bowl.path(start, 0.2, calls - 1)), **TIGHT)


@pytest.mark.points(2)
@pytest.mark.hint(
    "`point -= ...` changes `start` and every row you have kept. Is each row an array of its own?"
)
def test_start_is_kept(candidate, rng):
    """Row 0 is the start as it was given, and integers become floats."""
    bowl, start = Quadratic(rng, [1.0, 2.0, 3.0]), rng.integers(-9, 10, 3)
    path = array(candidate.descend(bowl.gradient, start, 0.125, 5, 0.0), shape=(6, 3), dtype="float")
    close(path[0], start.astype(float), **TIGHT)
    close(path, bowl.path(start, 0.125, 5), **TIGHT)
    alone = array(candidate.descend(bowl.gradient, start, 0.125, 0, 0.0), shape=(1, 3), dtype="float")
    close(alone[0], start.astype(float), **TIGHT)


def test_slides_along_flat_directions(candidate, rng):
    """A direction without curvature is left where it started."""
    bowl, start = Quadratic(rng, [0.0, 1.0, 2.0]), rng.normal(size=3) * 3
    path = candidate.descend(bowl.gradient, start, 0.3, 25, 0.0)
    close(path, bowl.path(start, 0.3, 25), **TIGHT)


def test_reaches_the_optimum(candidate, rng):
    """Ends as close to the optimum as the tolerance promises."""
    bowl = Quadratic(rng, [1.0, 2.0, 4.0])
    path = array(candidate.descend(bowl.gradient, rng.normal(size=3), 0.3, 400, 1e-8), shape=(None, 3))
    distance = float(np.linalg.norm(path[-1] - bowl.centre))
    holds(distance <= 1e-8, f"the last point is {distance:.2g} away from the optimum, more than 1e-8")


@pytest.mark.points(2)
@pytest.mark.hint("Is each gradient and each new point checked for NaN and infinity?")
def test_divergence_is_an_error(candidate, rng):
    """A rate that is far too large ends in an error, not in a path."""
    bowl, start = Quadratic(rng, [1.0, 3.0]), rng.normal(size=2) + 2
    with raises(candidate, FloatingPointError):
        candidate.descend(bowl.gradient, start, 1e30, 100, 0.0)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_gradient_that_is_not_finite(candidate, rng, value):
    """A gradient with a NaN or an infinity is an error, even in the last update."""
    start, calls = rng.normal(size=2) + 5, []

    def gradient(point):
        calls.append(1)
        return np.array([1.0, value if len(calls) == 3 else 1.0])

    with raises(candidate, FloatingPointError):
        candidate.descend(gradient, start, 0.1, 3, 0.0)


def test_point_that_is_not_finite(candidate):
    """The last update may be the one that leaves the range of floats."""
    with raises(candidate, FloatingPointError):
        candidate.descend(lambda point: np.array([1e200]), np.array([0.0]), 1e200, 1, 0.0)


@pytest.mark.parametrize(
    ("rate", "steps", "tolerance"), [(0.0, 5, 0.1), (-0.1, 5, 0.1), (0.1, -1, 0.1), (0.1, 5, -1e-9)]
)
def test_senseless_arguments(candidate, rng, rate, steps, tolerance):
    """A rate that is not positive, negative steps or a negative tolerance is an error."""
    bowl = Quadratic(rng, [1.0, 2.0])
    with raises(candidate, ValueError):
        candidate.descend(bowl.gradient, rng.normal(size=2), rate, steps, tolerance)
