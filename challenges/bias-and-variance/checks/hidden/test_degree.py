"""`pick_degree`: how good the chosen degrees are, what must not matter, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw_mixed_task, draw_task, excess

from grader.checks import equal, holds, integer, raises


def chosen(candidate, task, seed):
    """The degree for a task, once it is known to be one of the list."""
    degree = integer(candidate.pick_degree(task.x, task.y, task.degrees, seed))
    holds(degree in task.degrees, f"{degree} is one of {task.degrees}")
    return degree


@pytest.mark.points(3)
@pytest.mark.limits(seconds=60)
@pytest.mark.hint(
    "Judge each degree by points that its fit has not seen, drawn from the whole range: rows may be sorted."
)
def test_excess_risk(candidate, rng, metric):
    """Over many curves, the chosen degree predicts nearly as well as the best one."""
    theirs, largest = 0.0, 0.0
    for _ in range(100):
        task = draw_mixed_task(rng)
        lost = excess(task)
        theirs += lost[chosen(candidate, task, int(rng.integers(1000)))]
        largest += lost[max(task.degrees)]
    metric("excess_risk", theirs / largest)


@pytest.mark.points(2)
@pytest.mark.limits(seconds=30)
@pytest.mark.hint("Every term follows the noise a little better. What does it cost on points not yet seen?")
def test_noise_alone(candidate, rng):
    """Where y has nothing to do with x, low degrees are chosen."""
    low = 0
    for _ in range(31):
        task = draw_task(rng, 0, int(rng.integers(40, 61)), 1.0, list(range(11)))
        low += chosen(candidate, task, int(rng.integers(1000))) <= 4
    holds(low > 15, f"4 or less in {low} of 31 tasks")


@pytest.mark.points(2)
@pytest.mark.limits(seconds=30)
@pytest.mark.hint("Sorted rows: does a block of them at an end ask the polynomial to extrapolate?")
def test_clear_curves(candidate, rng):
    """Where there is almost no noise, no degree below the curve's is chosen."""
    for degree in range(1, 10):
        task = draw_task(rng, degree, int(rng.integers(42, 61)), 0.02, [int(d) for d in rng.permutation(12)])
        picked = chosen(candidate, task, int(rng.integers(1000)))
        holds(picked >= degree, f"{picked} is less than {degree}")


def test_degree_not_position(candidate, rng):
    """The answer is a degree of the list, not its position; a list of one leaves no choice."""
    for degrees in ([4], [0], [9, 12], [7, 11, 3]):
        task = draw_task(rng, 3, 45, 0.1, degrees)
        chosen(candidate, task, 0)


def test_largest_of_the_list(candidate, rng):
    """A polynomial without noise, whose degree is the largest on offer."""
    for degree in (1, 2, 5, 8):
        task = draw_task(rng, degree, 3 * (degree + 1), 0.0, [int(d) for d in rng.permutation(degree + 1)])
        equal(chosen(candidate, task, int(rng.integers(1000))), degree)


@pytest.mark.points(2)
@pytest.mark.limits(seconds=30)
@pytest.mark.hint("Every shuffle must draw from a generator made from `seed`.")
def test_same_arguments_same_answer(candidate, rng):
    """The same arguments give the same answer, noisy as the points may be."""
    for _ in range(20):
        task, seed = draw_task(rng, 3, 40, 1.5, list(range(13))), int(rng.integers(1000))
        equal(chosen(candidate, task, seed), chosen(candidate, task, seed))


@pytest.mark.points(2)
@pytest.mark.limits(seconds=30)
@pytest.mark.hint("The twelfth power of a year has 40 digits. Centre and scale x before you fit.")
def test_units_do_not_matter(candidate, rng):
    """Measuring x or y in another unit, or from another zero, gives the same answer."""
    for degree in range(3, 10):
        task, seed = draw_task(rng, degree, 45, 0.2, list(range(13))), int(rng.integers(1000))
        expected = chosen(candidate, task, seed)
        inner = task.inner()
        for x, y in ((inner, task.y), (1e-4 * inner, task.y - 40.0), (6.0 * inner + 300.0, 1e4 * task.y)):
            equal(integer(candidate.pick_degree(x, y, task.degrees, seed)), expected)


@pytest.mark.parametrize("labels", [0, 1, 29, 31])
def test_unequal_lengths(candidate, rng, labels):
    """x and y of different length are an error."""
    with raises(candidate, ValueError):
        candidate.pick_degree(np.arange(30.0), rng.normal(size=labels), [0, 1], 0)


def test_no_degrees(candidate, rng):
    """A choice of nothing is an error."""
    with raises(candidate, ValueError):
        candidate.pick_degree(np.arange(30.0), rng.normal(size=30), [], 0)
