"""Visible checks with plain pytest, in processes of their own, as a user runs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from grader.bank import Bank
from grader.kit import plain
from grader.kit.overview import outline
from grader.kit.workspace import Workspace, create, solution

Make = Callable[..., Workspace]
NOTEBOOK = """{"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [],
"source": "%matplotlib inline\\ndef twice(x):\\n    return 2 * x"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""
CHECKS = """
import numpy as np
import pytest
from sklearn.linear_model import Ridge
from grader.checks import attribute, close, equal, raises

{body}
"""


def pytest_in(folder: Path, *arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Plain pytest as somebody types it: with none of the settings of this repository."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment | {"GRADER_HOME": str(home or folder.parent / "home"), "COLUMNS": "100"},
        timeout=280,
    )


def outcomes(report: Path) -> dict[str, set[bool]]:
    """For each workspace, whether its checks passed, from JUnit XML."""
    found: dict[str, set[bool]] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        slug = case.attrib["classname"].partition(".")[0]
        bad = case.find("failure") is not None or case.find("error") is not None
        assert case.find("skipped") is None
        found.setdefault(slug, set()).add(not bad)
    return found


@pytest.mark.slow
def test_every_reference_passes_its_visible_checks_and_no_starter_passes_one_file(
    make: Make, tmp_path: Path
) -> None:
    bank = Bank.default()
    for slug in bank.slugs():
        made = make(slug, tmp_path / "reference" / slug)
        solution(made).write_bytes((bank.solutions / slug / "reference.py").read_bytes())
        make(slug, tmp_path / "starter" / slug)
    found = {}
    for kind in ("reference", "starter"):
        report = tmp_path / f"{kind}.xml"
        # All of them in one process; only so can files of one name be there more than once.
        done = pytest_in(tmp_path / kind, "-q", "--import-mode=importlib", f"--junitxml={report}")
        assert done.returncode == (kind == "starter"), done.stdout
        found[kind] = outcomes(report)
    assert found["reference"] == {slug: {True} for slug in bank.slugs()}
    assert {slug for slug, passed in found["starter"].items() if False in passed} == set(bank.slugs())


def test_a_starter_fails_with_the_checks_and_the_users_lines_alone(make: Make) -> None:
    done = pytest_in(make("f1-by-hand").folder)
    assert done.returncode == 1
    assert "6 failed" in done.stdout
    assert "solution.py:" in done.stdout
    assert "raise NotImplementedError" in done.stdout
    assert not re.search(r"grader/(checks|kit)/\w+\.py:\d", done.stdout), "no frame of the grader is shown"


def test_a_notebook_is_checked_too(make: Make) -> None:
    made = make("f1-by-hand", notebook=True)
    body = "def test_it(candidate):\n    equal(candidate.twice(4), 8)"
    (made.folder / "test_example.py").write_text(CHECKS.format(body=body), encoding="utf-8")
    (made.folder / "solution.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    done = pytest_in(made.folder)
    assert done.returncode == 0, done.stdout


PASSING = {
    "objects stay behind handles": (
        "class Model:\n    def __init__(self, k): self.k = k\n    def times(self, x): return self.k * x\n"
        "def fit(k): return Model(k)\ndef use(model, x): return model.times(x)\n",
        "def test_it(candidate):\n"
        "    model = candidate.fit(3)\n"
        "    equal(attribute(model, 'k'), 3)\n"
        "    equal(model.times(2), 6)\n"
        "    equal(candidate.use(model, 4), 12)\n"
        "    with pytest.raises(TypeError):\n"
        "        model == 3",
    ),
    "errors of a subclass count, and so does an error without a message": (
        "class Mine(ValueError): pass\ndef fail(): raise Mine\n",
        "def test_it(candidate):\n    with raises(candidate, ValueError):\n        candidate.fail()",
    ),
    "arguments are copies": (
        "def spoil(x):\n    x[:] = 0\n    return x\n",
        "X = np.ones(3)\n"
        "def test_it(candidate):\n    close(candidate.spoil(X), np.zeros(3))\n    close(X, np.ones(3))",
    ),
    "functions and estimators can be handed over": (
        "def call(f, x): return f(x)\ndef slope(model, X, y): return float(model.fit(X, y).coef_[0])\n",
        "def test_it(candidate):\n"
        "    equal(candidate.call(lambda x: x + 1, 2), 3)\n"
        "    X = np.arange(4.0)[:, None]\n"
        "    close(candidate.slope(Ridge(alpha=0.0), X, X[:, 0]), 1.0)",
    ),
    "each check loads the file anew": (
        "count = []\ndef add():\n    count.append(1)\n    return len(count)\n",
        "@pytest.mark.parametrize('n', [0, 1])\n@pytest.mark.hint('none')\n"
        "def test_it(candidate, n):\n    equal(candidate.add(), 1)",
    ),
    "a file of checks may share one": (
        "count = []\ndef add():\n    count.append(1)\n    return len(count)\n",
        "@pytest.mark.parametrize('n', [1, 2])\ndef test_it(shared_candidate, n):\n"
        "    equal(shared_candidate.add(), n)",
    ),
    "what is defined before a failure can be called": (
        "def one(): return 1\nraise RuntimeError\n",
        "def test_it(candidate):\n    equal(candidate.one(), 1)",
    ),
    "helper modules beside the solution are found": (
        "import help_me_7\ndef one(): return help_me_7.ONE\n",
        "def test_it(candidate):\n    equal(candidate.one(), 1)",
    ),
    "random numbers, tables and metrics": (
        "",
        "def test_it(rng, shared_rng, dataset, metric):\n"
        "    equal(int(rng.integers(100)), DRAW)\n"
        "    equal(len(dataset('penguins')), 344)\n"
        "    metric('error', 1)",
    ),
}


FAILING = {
    "an error that nobody expected": (
        "def one(): return 1 / 0\n",
        "def test_it(candidate):\n    equal(candidate.one(), 1)",
        "ZeroDivisionError: division by zero",
    ),
    "a stub is no error of the right kind": (
        "def one(): raise NotImplementedError\n",
        "def test_it(candidate):\n    with raises(candidate, ValueError):\n        candidate.one()",
        "expected ValueError, but",
    ),
    "the end of the program": (
        "def one(): raise SystemExit\n",
        "def test_it(candidate):\n    equal(candidate.one(), 1)",
        "SystemExit",
    ),
    "a name that is missing": (
        "def won(): return 1\n",
        "def test_it(candidate):\n    equal(candidate.one(), 1)",
        "the submission defines no 'one'",
    ),
    "a file that does not load": (
        "def one(:\n",
        "def test_it(candidate):\n    equal(candidate.one(), 1)",
        "line 1: invalid syntax",
    ),
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What pytest says of each workspace above, empty where it passed; one process runs them all."""
    root = tmp_path_factory.mktemp("plain")
    draw = int(plain._generator("test_it").integers(100))
    for number, (source, body, *_) in enumerate([*PASSING.values(), *FAILING.values()]):
        folder = root / f"case{number}"
        create(outline(Bank.default(), "f1-by-hand"), folder)
        (folder / "test_example.py").write_text(CHECKS.format(body=body.replace("DRAW", str(draw))))
        (folder / "solution.py").write_text(source)
        (folder / f"help_me_{number}.py").write_text("ONE = 1\n")
    done = pytest_in(
        root, "-q", "--import-mode=importlib", "-W", "error", f"--junitxml={root / 'report.xml'}"
    )
    assert done.returncode == 1, done.stdout + done.stderr
    found: dict[str, str] = {}
    names = dict(enumerate([*PASSING, *FAILING]))
    for case in ElementTree.parse(root / "report.xml").getroot().iter("testcase"):
        name = names[int(case.attrib["classname"].partition(".")[0].removeprefix("case"))]
        failure = case.find("failure")
        found[name] = found.get(name, "") + (failure.text or "" if failure is not None else "")
        assert case.find("error") is None, done.stdout
    assert found.keys() == set(names.values())
    return found


@pytest.mark.parametrize("name", PASSING)
def test_it_is_as_in_a_sandbox(texts: dict[str, str], name: str) -> None:
    assert texts[name] == ""


@pytest.mark.parametrize("name", FAILING)
def test_what_is_wrong_is_said(texts: dict[str, str], name: str) -> None:
    assert FAILING[name][2] in texts[name]
