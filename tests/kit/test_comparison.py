from __future__ import annotations

from dataclasses import replace

from grader.kit import comparison
from grader.kit.constructs import constructs
from grader.kit.measure import Measured

LOOP = "def f(x):\n    total = 0\n    for one in x:\n        for two in one:\n            total += two\n    return total\n"
WHOLE = "import numpy as np\n\ndef f(x):\n    return np.sum(x)\n"


def measured(name: str, source: str, seconds: float, peak: int | None, points: float = 10.0) -> Measured:
    return Measured(name, source, points == 10.0, points, 10.0, seconds, peak, constructs(source))


MINE = measured("yours", LOOP, 0.3, 1_500_000)
REFERENCE = measured("reference", WHOLE, 0.1, 500_000)


def test_the_figures_stand_in_a_table_with_a_column_for_each() -> None:
    rows = comparison.table([MINE, REFERENCE, measured("broken", "def f(:", 2.5, None, points=4)])
    assert rows == [
        ("", "yours", "reference", "broken"),
        ("score", "10 of 10", "10 of 10", "4 of 10"),
        ("time of its code", "300 ms", "100 ms", "2.5 s"),
        ("memory at most", "1.5 MB", "500 kB", "not measured"),
        ("lines of code", "6", "3", "?"),
        ("loops", "2, 2 deep", "none", "?"),
        ("comprehensions", "0", "0", "?"),
        ("imports", "none", "numpy", "?"),
    ]


def test_what_differs_is_said_in_words() -> None:
    assert comparison.words(MINE, REFERENCE) == [
        "takes 3.0 times as long",
        "needs 3.0 times the memory",
        "goes through the data in Python, where the other works on whole arrays",
        "does not call np.sum",
    ]
    assert comparison.words(REFERENCE, MINE) == [
        "takes 33% of the time",
        "needs 33% of the memory",
        "works on whole arrays, where the other goes through the data in Python",
        "calls np.sum, which the other does not",
        "imports numpy, which the other does not",
    ]


def test_the_score_comes_first() -> None:
    poor = replace(MINE, points=4.0)
    assert comparison.words(poor, REFERENCE)[0] == "earns 6 points less"
    assert comparison.words(REFERENCE, poor)[0] == "earns 6 points more"


def test_small_times_and_memories_are_not_compared() -> None:
    mine = replace(MINE, seconds=0.015, peak=9_000)
    other = replace(MINE, name="reference", seconds=0.001, peak=100)
    assert comparison.words(mine, other) == ["is the same code"]


def test_two_answers_that_differ_in_nothing_that_is_counted_say_so() -> None:
    other = replace(MINE, name="reference", source=LOOP.replace("total", "sum_"))
    assert comparison.words(MINE, other) == ["differs in nothing that is counted here"]


def test_a_diff_leads_from_the_other_to_yours() -> None:
    lines = list(comparison.diff(MINE, REFERENCE))
    assert lines[:2] == ["--- reference.py", "+++ yours"]
    assert "-    return np.sum(x)" in lines
    assert "+    return total" in lines
