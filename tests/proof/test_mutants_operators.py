"""What each operator makes of a small piece of source, and what none of them touches."""

from __future__ import annotations

import pytest

from grader.proof.mutants import mutants

# source of a function's body, the operator, the changed lines that it must make of it
BODIES = [
    ("return a + b", "arithmetic", ["return a - b"]),
    ("return a @ b", "arithmetic", ["return a * b"]),
    ("return a ** b", "arithmetic", ["return a * b"]),
    ("return a & b", "arithmetic", ["return a | b"]),
    ("a += b", "arithmetic", ["a -= b"]),
    ("return a < b", "comparison", ["return a <= b", "return a > b"]),
    ("return a >= b", "comparison", ["return a > b", "return a <= b"]),
    ("return a == b", "comparison", ["return a != b"]),
    ("return a is None", "comparison", ["return a is not None"]),
    ("return a in b", "comparison", ["return a not in b"]),
    ("return a and b", "boolean", ["return a or b"]),
    ("return not a", "unary", ["return a"]),
    ("return ~a", "unary", ["return a"]),
    ("return -a", "unary", ["return a"]),
    ("if a:\n  b = a\n  return b", "condition", ["if True:", "if False:"]),
    ("if a:\n  raise ValueError\nreturn b", "condition", ["if True:"]),
    ("while a:\n  b = a\n", "condition", ["while False:"]),
    ("return a if b else 'c'", "condition", ["return a if True else 'c'", "return a if False else 'c'"]),
    ("return [x for x in a if x]", "condition", ["return [x for x in a if True]", "return [x for x in a if False]"]),
    ("return a + 3", "number", ["return a + 4", "return a + 2", "return a + 0"]),
    ("return a + 1", "number", ["return a + 2", "return a + 0"]),
    ("return a + 0", "number", ["return a + 1", "return a + -1"]),
    ("return a + 0.5", "number", ["return a + 1.5", "return a + -0.5", "return a + 0.0"]),
    ("return 0 ** a", "number", ["return 1 ** a", "return (-1) ** a"]),
    ("return a == 'linear'", "word", ["return a == 'linear_'"]),
    ("return f'fold_{a}'", "word", ["return f'fold__{a}'"]),
    ("return a.sort(reverse=True)", "name", ["return a.sort(reverse=False)"]),
    ("return a.sum(b=None)", "name", ["return a.sum(b=0)"]),
    ("return a[:b]", "slice_bound", ["return a[:b + 1]", "return a[:b - 1]"]),
    ("return a[b:]", "slice_bound", ["return a[b + 1:]", "return a[b - 1:]"]),
    ("return range(b)", "stop", ["return range(b + 1)", "return range(b - 1)"]),
    ("for i in range(3):\n  b = a[i]", "index", ["b = a[i + 1]", "b = a[i - 1]"]),
    ("return [a[i] for i, x in enumerate(b)]", "index", ["return [a[i + 1] for i, x in enumerate(b)]", "return [a[i - 1] for i, x in enumerate(b)]"]),
    ("return a.sum(axis=0)", "axis", ["return a.sum(axis=1)"]),
    ("return a.sum(axis=1)", "axis", ["return a.sum(axis=0)"]),
    ("return a.sum(axis=-1)", "axis", ["return a.sum(axis=0)"]),
    ("return np.std(a, ddof=0)", "ddof", ["return np.std(a, ddof=1)"]),
    ("return np.std(a, ddof=1)", "ddof", ["return np.std(a, ddof=0)"]),
    ("return np.std(a)", "ddof", ["return np.std(a, ddof=1)"]),
    ("return a.var()", "ddof", ["return a.var(ddof=1)"]),
    ("return np.argmax(a)", "other_function", ["return np.argmin(a)"]),
    ("return np.mean(a)", "other_function", ["return np.median(a)"]),
    ("return a.mean()", "other_function", ["return a.sum()"]),
    ("return np.zeros(a)", "other_function", ["return np.ones(a)"]),
    ("return a.transform(b)", "other_function", ["return a.fit_transform(b)"]),
    ("return abs(a - b) + 1", "forgotten_call", ["return (a - b) + 1"]),
    ("return a.copy()", "forgotten_call", ["return a"]),
    ("return sorted(a)", "forgotten_call", ["return a"]),
    ("return f(a, b, c=1)", "swapped_arguments", ["return f(b, a, c=1)"]),
    ("return f(a, b=2, c=3)", "dropped_keyword", ["return f(a, c=3)", "return f(a, b=2)"]),
    ("return a.sum(keepdims=True)", "name", ["return a.sum(keepdims=False)"]),
    ("raise ValueError", "deleted", ["pass"]),
    ("a.append(b)", "deleted", ["pass"]),
    ("a[0] = b", "deleted", ["pass"]),
    ("a.size = b", "deleted", ["pass"]),
    ("a = f(a)", "deleted", ["pass"]),
    ("for x in a:\n  break", "loop_exit", ["continue"]),
    ("for x in a:\n  continue", "loop_exit", ["break"]),
]  # fmt: skip

UNTOUCHED = {
    "a docstring": "def f(a):\n    'sum'\n    return a\n",
    "an annotation": "def f(a: 'int', b: tuple[1, 2]) -> 'x':\n    c: 'y'\n    return a\n",
    "an import": "from a import b\nimport c.d as e\n",
    "the public names": "__all__ = ['a', 'b']\n",
    "a decorator": "@mark(1, 2, a='x')\ndef f(a):\n    return a\n",
    "a class's bases": "class A(B, key=1):\n    pass\n",
    "prose": "def f(a):\n    return 'one or two words'\n",
    "what only a type checker sees": "if TYPE_CHECKING:\n    a = 1\n",
    "a program's start": "if __name__ == '__main__':\n    f(1)\n",
    "the first assignment to a name": "def f(a):\n    b = a\n    return b\n",
    "arguments that may change places": "def f(a, b):\n    return hypot(a, b)\n",
    "another seed": "def f(a):\n    return default_rng(3)\n",
    "the length check of zip": "def f(a, b):\n    return zip(b, b, strict=True)\n",
    "warnings that are silenced": "def f(a):\n    with np.errstate(all='ignore'):\n        return a\n",
}


def made(source: str, operator: str) -> list[str]:
    return [each.identity.changed for each in mutants(source) if each.operator == operator]


def function(body: str) -> str:
    return "import numpy as np\n\n\ndef f(a, b):\n" + "".join(f"    {line}\n" for line in body.splitlines())


@pytest.mark.parametrize(("body", "operator", "changed"), BODIES, ids=[f"{o}: {b}" for b, o, _ in BODIES])
def test_an_operator_makes_these_changes_and_no_others(body, operator, changed):
    assert made(function(body), operator) == changed


@pytest.mark.parametrize("source", UNTOUCHED.values(), ids=UNTOUCHED)
def test_no_mutant_touches(source):
    assert mutants(source) == ()


def test_the_text_of_an_error_is_left_alone_but_its_statement_is_deleted():
    found = mutants("def f(a):\n    raise ValueError(f'need {a + 1} more', 'x')\n")
    assert [each.identity.changed for each in found] == ["pass"]


def test_a_seed_that_is_left_out_is_a_mutant_and_another_seed_is_not():
    found = mutants("def f(a):\n    return Forest(random_state=3)\n")
    assert [each.identity.changed for each in found] == ["return Forest()"]


def test_a_standard_deviation_that_may_be_of_pandas_gets_a_ddof_that_is_wrong_for_both():
    source = "import pandas as pd\ndef f(a):\n    return a.std()\n"
    assert made(source, "ddof") == ["return a.std(ddof=2)"]


def test_defaults_and_values_of_the_module_are_mutated():
    found = mutants("RATE = 2\n\n\ndef f(a, b=1):\n    return a\n")
    assert {(each.identity.function, each.identity.changed) for each in found} == {
        ("", "RATE = 3"),
        ("", "RATE = 1"),
        ("", "RATE = 0"),
        ("f", "def f(a, b=2):"),
        ("f", "def f(a, b=0):"),
    }


def test_the_first_attributes_of_an_object_are_kept_and_later_ones_are_not():
    source = "class A:\n    def __init__(self, a):\n        self.a = a\n\n    def update(self, a):\n        self.a = a\n"
    assert [each.identity.function for each in mutants(source)] == ["A.update"]
