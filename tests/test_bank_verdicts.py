"""Every solution of the bank gets the verdict that its author promised."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests_sandboxes import usable

from grader import Session
from grader.bank import Bank
from grader.model import Report, Verdict

BANK = Bank.default()
SEED = "5eed"  # one run is to repeat the other; how much a seed matters is in calibration.toml


def expectations() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Challenge, file, and what must reject it (empty: nothing may)."""
    for slug in BANK.slugs():
        expect = tomllib.loads((BANK.solutions / slug / "expect.toml").read_text())
        yield slug, "reference.py", ()
        for entry in expect.get("alternative", []):
            yield slug, entry["file"], ()
        for entry in expect["wrong"]:
            yield slug, entry["file"], tuple(entry["rejected_by"])


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """The strongest sandbox that starts quickly; the contract tests hold that all agree."""
    usable("bubblewrap")
    with Session(sandbox="bubblewrap", warm=1) as session:
        yield session


def rejected(report: Report) -> set[str]:
    """Checks, with and without their parameters, and metrics that did not pass."""
    failed = {result.check.id for result in report.checks if result.outcome.verdict is not Verdict.PASSED}
    metrics = {f"metric:{result.metric.name}" for result in report.metrics if not result.passed}
    return failed | {identity.partition("[")[0] for identity in failed} | metrics


@pytest.mark.bubblewrap
@pytest.mark.slow
@pytest.mark.parametrize(
    ("slug", "file", "rejectors"), list(expectations()), ids=lambda value: str(value)[:40]
)
def test_a_solution_gets_the_verdict_that_expect_toml_promises(session, slug, file, rejectors):
    report = session.grade(slug, BANK.solutions / slug / file, seed=SEED)
    assert not report.infrastructure
    if rejectors:
        assert not report.passed
        assert set(rejectors) <= rejected(report)
    else:
        assert report.passed, rejected(report)
        assert report.points == report.points_possible


@pytest.mark.bubblewrap
@pytest.mark.parametrize("kind", ["solution.py", "solution.ipynb"])
@pytest.mark.parametrize("slug", BANK.slugs())
def test_a_starter_passes_no_hidden_check(session, slug, kind):
    report = session.grade(slug, BANK.challenges / slug / "starter" / kind)
    hidden = [result for result in report.checks if result.check.suite == "hidden"]
    assert hidden
    assert {result.outcome.verdict for result in hidden} <= {Verdict.ERROR, Verdict.FAILED}
    assert report.points == 0


@pytest.mark.parametrize("slug", BANK.slugs())
def test_expect_toml_names_every_solution_file(slug):
    folder = BANK.solutions / slug
    named = {file for other, file, _ in expectations() if other == slug}
    assert named == {path.name for path in Path(folder).glob("*.py")}
    assert sum(name.startswith("wrong_") for name in named) >= 5
    assert any(name.startswith("alternative_") for name in named)
