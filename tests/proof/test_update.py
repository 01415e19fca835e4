"""`update` writes what follows from other files, and nothing where all is well."""

from __future__ import annotations

import tomllib

import pytest

from grader.errors import ChallengeError
from grader.proof import update


def figures(fresh, runs, count=3):
    challenge = fresh.bank.get(fresh.challenge.name)
    return list(update.figures(fresh.bank, challenge, runs(fresh).session, count, 2, lambda text: None))


def test_the_notebook_follows_the_brief(fresh):
    challenge = fresh.bank.get(fresh.challenge.name)
    assert list(update.notebook(challenge)) == []
    fresh.change("README.md", ("Some numbers", "Many numbers"))
    assert list(update.notebook(challenge)) == [fresh.challenge / "starter" / "solution.ipynb"]
    assert "Many numbers" in (fresh.challenge / "starter" / "solution.ipynb").read_text()
    assert list(update.notebook(challenge)) == []


def test_a_starter_that_is_not_python_is_an_error(fresh):
    fresh.change("starter/solution.py", ("import numpy", "import ("))
    with pytest.raises(ChallengeError, match="cannot be made"):
        list(update.notebook(fresh.bank.get(fresh.challenge.name)))


def test_without_metrics_there_are_no_figures(fresh, runs):
    assert figures(fresh, runs) == []
    assert not (fresh.challenge / "calibration.toml").exists()


def test_figures_are_written_once(fresh, runs):
    fresh.with_metric("abs(found - values.mean()) + 0.1 * rng.random()")
    assert figures(fresh, runs) == [fresh.challenge / "calibration.toml"]
    [kept] = tomllib.loads((fresh.challenge / "calibration.toml").read_text())["metrics"]
    assert (kept["name"], kept["seeds"], kept["baseline"]) == ("error", 3, "wrong_zero.py")
    assert figures(fresh, runs) == []


def test_a_reference_that_records_nothing_is_an_error(fresh, runs):
    fresh.with_metric("float('nan')")
    with pytest.raises(ChallengeError, match="the reference, seed 1: not every metric is recorded"):
        figures(fresh, runs)
    assert not (fresh.challenge / "calibration.toml").exists()
