"""Every challenge of the bank is whole, and every solution gets the verdict that its author promised."""

from __future__ import annotations

import pytest
from tests_sandboxes import usable

from grader.bank import Bank
from grader.proof.check import Options, check

BANK = Bank.default()


@pytest.mark.parametrize("slug", BANK.slugs())
def test_a_challenge_is_whole(slug):
    [proof] = check(BANK, [slug], Options(("process",), frozenset({"structure"})), lambda step: None)
    assert [str(finding) for finding in proof.findings] == []
    assert proof.done == ["structure"]


@pytest.mark.bubblewrap
@pytest.mark.proof
@pytest.mark.slow
@pytest.mark.parametrize("slug", BANK.slugs())
def test_solutions_and_starters_get_the_verdicts_that_expect_toml_promises(slug):
    """In the strongest sandbox that starts quickly; `grader bank check` proves the rest."""
    usable("bubblewrap")
    [proof] = check(BANK, [slug], Options(("bubblewrap",), frozenset({"verdicts"})), lambda step: None)
    assert [str(finding) for finding in proof.findings] == []
    assert proof.done == ["verdicts"]
