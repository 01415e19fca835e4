"""The files of a fresh challenge: a small task that is whole, for its author to replace part by part.

`$function`, `$title` and so on are filled in by new.py.
"""

from __future__ import annotations

MANIFEST = """\
format = 1
title = $title
${question}topic = "$topic"
difficulty = "easy"
minutes = 10
functions = $functions
requires = $requires

[limits]
seconds = 10
memory_mb = 512
"""

BRIEF = """\
# $heading

Some numbers of a sample were never measured. Write the mean of those that were.
$functions_there
$parts
## Example

With `values = np.array([1.0, np.nan, 4.0])`, two numbers are known, and their mean is (1 + 4) / 2 = 2.5:
$examples"""

PART = """
## `$function(values)`

- `values`: a one-dimensional float array. NaN stands for a number that is missing; all others are finite.
- Returns the mean of the numbers that are not missing, as a float (relative tolerance 1e-9).
- Raises `ValueError` if no number is known: `values` is empty, or holds nothing but NaN.
"""

EXAMPLE = "`$function(values)` returns `2.5`.\n"

ANSWER = """\
# What does the mean of incomplete data tell you?

The mean of the numbers that are known estimates the mean of all numbers only if those that are missing
are like the others. That is so when values are lost by accident: a broken sensor, a dropped packet. It
is not so when the value itself decides whether it is seen, as when people with high incomes leave the
field empty, and then more data of the same kind do not help, because the error is a bias and not noise.

So first ask why a number is missing. Then divide by the number of values that were added up, not by the
number of rows, because counting a hole as zero pulls the mean towards zero by exactly the share of
holes. At last say how many values the mean rests on: a mean of three numbers and a mean of three
thousand look alike in a report, and their standard errors differ by a factor of more than thirty.

## The usual wrong answer

"Replace what is missing by zero and take the mean." Zero is a number like any other, and nobody has
measured it.

## Follow-up questions

- How would you notice that values are not missing by accident?
- When is the median of the known values the better summary?
"""

HINTS = """\
## Hint 1

How many numbers were added up, and by how many do you divide?

## Hint 2

`np.isnan` says for each number whether it is missing. Index the array with what is not.

## Hint 3

Keep `values[~np.isnan(values)]`, raise `ValueError` if nothing is left, and return the mean of the rest
as a float.
"""

STARTER = '''\
"""$heading. The brief is in README.md."""

from __future__ import annotations

import numpy as np
'''

STUB = '''

def $function(values: np.ndarray) -> float:
    """Return the mean of the numbers in `values` that are not NaN.

    values: floats, one dimension. Raises ValueError if no number is known.
    """
    raise NotImplementedError
'''

VISIBLE = '''\
"""The example of the brief. The hidden checks go further."""

from __future__ import annotations

import numpy as np

from grader.checks import close, raises
'''

VISIBLE_PART = '''

def test_example_of_$function(candidate):
    """The example of the brief."""
    close(candidate.$function(np.array([1.0, np.nan, 4.0])), 2.5, rtol=1e-9)


def test_${function}_of_nothing(candidate):
    """No numbers have no mean."""
    with raises(candidate, ValueError):
        candidate.$function(np.array([]))
'''

HIDDEN = '''\
"""`$function`: known and missing numbers, properties, errors."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import draw, mean

from grader.checks import close, number, raises


@pytest.mark.points(2)
@pytest.mark.hint("Divide by how many numbers are known, not by how many there are.")
def test_missing_numbers(candidate, rng):
    """The mean of a sample in which numbers are missing."""
    for missing in (1, 5, 11):
        values = draw(rng, 12, missing)
        close(candidate.$function(values), mean(values), rtol=1e-9)


def test_nothing_missing(candidate, rng):
    """The mean of a sample in which every number is known."""
    values = draw(rng, 9, 0)
    close(candidate.$function(values), mean(values), rtol=1e-9)


def test_one_number(candidate, rng):
    """A single number is its own mean."""
    value = float(rng.uniform(1, 9))
    close(candidate.$function(np.array([value])), value, rtol=1e-9)


def test_order_does_not_matter(candidate, rng):
    """A sample in another order has the same mean."""
    values = draw(rng, 20, 6)
    close(candidate.$function(rng.permutation(values)), mean(values), rtol=1e-9)


def test_moves_with_the_numbers(candidate, rng):
    """Adding one amount to every number adds it to the mean."""
    values, amount = draw(rng, 15, 4), float(rng.uniform(1, 9))
    before = number(candidate.$function(values))
    close(candidate.$function(values + amount), before + amount, rtol=1e-9)


@pytest.mark.parametrize("rows", [0, 1, 4])
def test_no_number_is_known(candidate, rows):
    """A sample without any known number is an error."""
    with raises(candidate, ValueError):
        candidate.$function(np.full(rows, np.nan))
'''

ORACLE = '''\
"""Samples with holes, and their means computed another way than in the reference."""

from __future__ import annotations

import math

import numpy as np


def draw(rng, rows, missing):
    """Random floats, `missing` of them NaN, in random places."""
    values = rng.exponential(3.0, size=rows) + 1.0
    values[rng.permutation(rows)[:missing]] = np.nan
    return values


def mean(values):
    """The mean of the numbers that are not NaN, added up exactly."""
    known = [value for value in values.tolist() if not math.isnan(value)]
    return math.fsum(known) / len(known)
'''

EXPECT = """\
format = 1

[reference]
file = "reference.py"

[[alternative]]
file = "alternative_loop.py"

[[wrong]]
file = "wrong_counts_missing.py"
why = "divides by the number of rows, so that a hole counts as zero"
rejected_by = ["hidden/test_$function.py::test_missing_numbers"]

[[wrong]]
file = "wrong_median.py"
why = "the median instead of the mean"
rejected_by = ["hidden/test_$function.py::test_nothing_missing"]

[[wrong]]
file = "wrong_no_error.py"
why = "NaN instead of an error where no number is known"
rejected_by = ["hidden/test_$function.py::test_no_number_is_known"]

[[wrong]]
file = "wrong_constant.py"
why = "a constant answer"
rejected_by = ["hidden/test_$function.py::test_one_number", "hidden/test_$function.py::test_missing_numbers"]

[[wrong]]
file = "wrong_visible_answers.py"
why = "a cheat: the answers to the visible examples"
rejected_by = ["hidden/test_$function.py::test_missing_numbers"]

[[wrong]]
file = "wrong_all_nan.py"
why = "NaN for everything"
rejected_by = ["hidden/test_$function.py::test_missing_numbers", "hidden/test_$function.py::test_one_number"]
"""

# What each solution says of itself, and the body of every function in it.
SOLUTIONS = {
    "reference.py": (
        "The mean of what is known.",
        """\
    known = values[~np.isnan(values)]
    if len(known) == 0:
        raise ValueError("no number is known")
    return float(known.mean())
""",
    ),
    "alternative_loop.py": (
        "The same in a loop.",
        """\
    total, count = 0.0, 0
    for value in values.tolist():
        if value == value:  # NaN is not equal to itself
            total, count = total + value, count + 1
    if not count:
        raise ValueError("no number is known")
    return total / count
""",
    ),
    "wrong_counts_missing.py": (
        "Divides by the number of rows.",
        """\
    if np.isnan(values).all():
        raise ValueError("no number is known")
    return float(np.nansum(values) / len(values))
""",
    ),
    "wrong_median.py": (
        "The median is not the mean.",
        """\
    known = values[~np.isnan(values)]
    if len(known) == 0:
        raise ValueError("no number is known")
    return float(np.median(known))
""",
    ),
    "wrong_no_error.py": (
        "No error where there should be one.",
        """\
    known = values[~np.isnan(values)]
    return float(known.sum() / len(known)) if len(known) else float("nan")
""",
    ),
    "wrong_constant.py": ("Always the same.", "    return 2.5\n"),
    "wrong_visible_answers.py": (
        "The answers to the visible examples.",
        """\
    if len(values) == 0:
        raise ValueError("no number is known")
    return 2.5
""",
    ),
    "wrong_all_nan.py": ("Nothing but NaN.", '    return float("nan")\n'),
}

SOLUTION_HEAD = '''\
"""$what"""

from __future__ import annotations

import numpy as np
'''

SOLUTION_PART = '''

def $function(values: np.ndarray) -> float:
    """Return the mean of the known numbers. Raises ValueError if there are none."""
$body'''
