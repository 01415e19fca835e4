from __future__ import annotations

import pytest

from grader.kit.constructs import Constructs, constructs

SOURCE = '''"""A docstring."""
# a comment
from __future__ import annotations
import math
import numpy as np
from collections import Counter as Many


class Model:
    """Not counted."""

    def fit(self, X):
        for row in X:
            while row:
                row = np.linalg.norm(row)
        return [math.sqrt(x) for x in X]

def helper(x): return Many(x), print(x), x.sum()
'''


def test_what_a_source_is_made_of() -> None:
    assert constructs(SOURCE) == Constructs(
        lines=12,
        loops=2,
        nested=2,
        comprehensions=1,
        functions=2,
        classes=1,
        imports=("collections", "math", "numpy"),
        calls=("Many", "math.sqrt", "np.linalg.norm"),
    )


def test_layout_and_comments_do_not_count_as_lines() -> None:
    short = constructs("def f(a):\n    return [a, a]\n")
    long = constructs(
        "# why\n\n\ndef f(\n    a,\n):\n    '''Doc.'''\n    return [\n        a,\n        a,\n    ]\n"
    )
    assert short is not None
    assert long is not None
    assert short.lines == long.lines == 2


def test_loops_beside_each_other_are_not_nested() -> None:
    found = constructs("for a in x: pass\nfor b in x: pass\n")
    assert found is not None
    assert (found.loops, found.nested) == (2, 1)


@pytest.mark.parametrize("source", ["def f(:", "a\0b", "(" * 10_000])
def test_what_is_not_python_is_none(source: str) -> None:
    assert constructs(source) is None


def test_an_empty_file_is_made_of_nothing() -> None:
    assert constructs("") == Constructs(0, 0, 0, 0, 0, 0, (), ())
