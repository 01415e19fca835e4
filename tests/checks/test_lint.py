"""The linter finds checks that a made-up answer would pass, and leaves sound ones alone."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from grader.checks.lint import lint
from grader.errors import ChallengeError

HEAD = "import numpy as np\nfrom grader.checks import array, close, holds, number, raises\n"


def _rules(tmp_path: Path, source: str, name: str = "test_x.py") -> list[str]:
    path = tmp_path / name
    path.write_text(HEAD + source)
    return [finding.rule for finding in lint(path)]


def _check(body: str, arguments: str = "candidate") -> str:
    return f'def test_it({arguments}):\n    """Title."""\n{indent(body, "    ")}\n'


SOUND = [
    "close(candidate.f(1), 2.0)",
    "p = array(candidate.f(1), shape=(3,))\nassert (p >= 0).all() and p.sum() == 1",
    "with raises(candidate, ValueError):\n    candidate.f(-1)",
    "x = np.ones(3)\nassert x.sum() == 3\nclose(candidate.f(x), x)",
    "x = candidate.f(1)\nx = number(x)\nassert x == 1",
    "calls = []\ndef gradient(x):\n    calls.append(1)\n    return x\n"
    "close(candidate.f(gradient), 1.0)\nassert len(calls) == 3",
]


@pytest.mark.parametrize("body", SOUND)
def test_a_sound_check_has_no_findings(tmp_path: Path, body: str) -> None:
    assert _rules(tmp_path, _check(body)) == []


@pytest.mark.parametrize(
    "body",
    [
        "assert np.allclose(candidate.f(1), 2.0)",
        "holds(np.isclose(candidate.f(1), 2.0), 'near')",
        "holds(np.array_equal(candidate.f(1), [2]), 'same')",
        "np.testing.assert_allclose(candidate.f(1), 2.0)",
        "from numpy import allclose as near\nassert near(candidate.f(1), 2)",
        "import pytest\nwith pytest.raises(ValueError):\n    candidate.f(1)",
    ],
)
def test_loose_comparisons_are_found(tmp_path: Path, body: str) -> None:
    assert "loose-comparison" in _rules(tmp_path, _check(body + "\nclose(1, 1)"))


@pytest.mark.parametrize(
    "body",
    [
        "assert candidate.f(1) == 2",
        "x = candidate.f(1)\nassert x != 2",
        "x = candidate.f(1)\ny = x[0] + 1\nassert 3 == y",
        "a, b = candidate.f(1)\nassert b > 1",
        "model = candidate.Model()\nassert model.predict(1) == 2",
        "assert (candidate.f(1) > 0).all()",
        "x = candidate.f(1)\nassert not np.any(np.abs(x) > 1)",
        "assert all(x > 0 for x in candidate.f(1))",
        "holds(all([x for x in candidate.f(1)]), 'true')",
        "holds((candidate.f(1) == np.ones(3)).sum() > 1, 'same')",
        "assert candidate.f(1)",
        "assert candidate.f(1) in (1, 2)",
        "x = array(candidate.f(1), shape=(3,))\nx = candidate.f(1)\nassert x == 1",
        "for x in candidate.f(1):\n    assert x == 1",
        "seen = []\nfor i in range(3):\n    seen.append(candidate.f(i))\nassert seen == [1, 2, 3]",
        "d = {}\nd['a'] = candidate.f(1)\nassert d == {'a': 1}",
        "if (x := candidate.f(1)) is not None:\n    assert x == 3",
        "seen = []\ndef gradient(x):\n    seen.append(x)\n    return x\n"
        "candidate.f(gradient)\nassert seen[0] == 1",
        "last = 0\nfor i in range(3):\n    assert last == 0\n    last = candidate.f(i)",
    ],
)
def test_operators_on_the_candidates_data_are_found(tmp_path: Path, body: str) -> None:
    assert "candidate-data" in _rules(tmp_path, _check(body + "\nclose(1, 1)"))


def test_data_is_followed_through_fixtures_and_helpers(tmp_path: Path) -> None:
    fixture = "def model(shared_candidate):\n    return shared_candidate.fit(1)\n"
    checked = _check("close(1, 1)\nassert model.p() == 1", "model")
    assert "candidate-data" in _rules(tmp_path, fixture + checked)
    helper = "def compare(given, wanted):\n    assert given == wanted\n"
    assert "candidate-data" in _rules(tmp_path, helper + _check("close(1, 1)\ncompare(candidate.f(1), 2)"))
    assert _rules(tmp_path, helper + _check("close(candidate.f(1), 1)\ncompare(1, 2)")) == []


def test_a_check_without_a_comparator_is_found(tmp_path: Path) -> None:
    assert _rules(tmp_path, _check("candidate.f(1)")) == ["no-comparator"]
    helper = "def same(given):\n    close(given, 1)\n"
    assert _rules(tmp_path, helper + _check("same(candidate.f(1))")) == []


def test_a_comparator_in_a_module_beside_counts(tmp_path: Path) -> None:
    (tmp_path / "oracle.py").write_text("def same(given):\n    close(given, 1)\n")
    assert _rules(tmp_path, "from oracle import same\n" + _check("same(candidate.f(1))")) == []
    unknown = "from oracle import other\n" + _check("other(candidate.f(1))")
    assert _rules(tmp_path, unknown) == ["no-comparator"]


def test_a_check_without_a_title_is_found(tmp_path: Path) -> None:
    assert _rules(tmp_path, "def test_it(candidate):\n    close(candidate.f(1), 1)\n") == ["no-title"]


def test_a_helper_module_needs_no_title(tmp_path: Path) -> None:
    assert _rules(tmp_path, "def test_statistic(x):\n    return x\n", name="oracle.py") == []


def test_findings_say_where_and_what(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text(HEAD + _check("assert candidate.f(1) == 2"))
    first = lint(path)[0]
    assert first.line == 3
    assert str(first).startswith(f"{path}:3: no-comparator: ")


@pytest.mark.parametrize("source", [b"def f(:\n", b"x = '\x00'", b"\xff\xfe"])
def test_a_file_that_is_not_python_is_the_authors_error(tmp_path: Path, source: bytes) -> None:
    path = tmp_path / "test_x.py"
    path.write_bytes(source)
    with pytest.raises(ChallengeError, match=r"test_x\.py"):
        lint(path)
