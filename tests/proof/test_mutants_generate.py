"""Mutants as a whole: each is one sound change, known by an identity that outlives other edits."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.errors import ChallengeError
from grader.proof.mutants import Identity, mutants

SOLUTIONS = Path(__file__).parents[2] / "solutions"
SOURCE = '''"""Scale."""

import numpy as np


class Scaler:
    def fit(self, X):
        self.low = X.min(axis=0)

        def spread(values):
            return values.max(
                axis=0,
            ) - self.low

        return spread(X)
'''


@pytest.fixture(scope="module")
def reference() -> str:
    return (SOLUTIONS / "impute-missing" / "reference.py").read_text()


def test_every_mutant_is_python_and_differs_from_the_reference_and_from_each_other(reference):
    found = mutants(reference)
    trees = {ast.dump(ast.parse(each.source)) for each in found}
    assert len(trees) == len(found) > 50
    assert ast.dump(ast.parse(reference)) not in trees


def test_identities_are_unique(reference):
    identities = [each.identity for each in mutants(reference)]
    assert len(set(identities)) == len(identities)


def test_a_mutant_says_where_it_is_and_what_it_changes():
    found = {each.identity: each for each in mutants(SOURCE, "reference.py")}
    mutant = found[Identity("Scaler.fit", "self.low = X.min(axis=0)", "self.low = X.max(axis=0)")]
    assert mutant.line == 8
    assert mutant.operator == "other_function"
    assert mutant.source == SOURCE.replace("X.min", "X.max")
    assert mutant.diff.splitlines() == [
        "--- reference.py",
        "+++ reference.py (mutant)",
        "@@ -6,5 +6,5 @@",
        " class Scaler:",
        "     def fit(self, X):",
        "-        self.low = X.min(axis=0)",
        "+        self.low = X.max(axis=0)",
        " ",
        "         def spread(values):",
    ]


def test_a_change_over_several_lines_is_known_by_all_of_them():
    identities = {each.identity for each in mutants(SOURCE)}
    assert Identity("Scaler.fit.spread", "axis=0,", "axis=1,") in identities
    assert Identity("Scaler.fit.spread", "axis=0, ) - self.low", ") - self.low") in identities


def test_equal_changes_are_counted():
    source = "def f(a):\n    a += 1\n    a += 1\n"
    numbers = [each.identity.occurrence for each in mutants(source) if each.identity.changed == "a -= 1"]
    assert numbers == [1, 2]


def test_identities_survive_edits_elsewhere():
    edited = "RATE = 3\n\n\n" + SOURCE.replace('"""Scale."""', "# moved").replace(
        "        return spread(X)\n",
        "        if X is None:\n            raise ValueError\n        return spread(X)\n",
    )
    before = {each.identity for each in mutants(SOURCE)}
    assert before <= {each.identity for each in mutants(edited)}


def test_the_order_is_that_of_the_lines_and_always_the_same():
    found = mutants(SOURCE)
    assert found == mutants(SOURCE)
    assert [each.line for each in found] == sorted(each.line for each in found)


def test_source_that_is_not_python_is_refused_by_name():
    with pytest.raises(ChallengeError, match=r"reference\.py: is not Python"):
        mutants("def f(:\n")
