"""The corpus of hostile submissions: complete, readable, and inert until it is in a sandbox."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from grader.errors import GraderError
from grader.redteam import read_attacks, sample

IN_THE_SANDBOX = set(range(1, 24)) - {11, 13, 14}  # these three are about reports, attempts and data
RUN_BY_PYTEST = ("conftest.py", "test_*.py", "*_test.py")


def test_the_corpus_is_large_and_covers_every_threat_that_code_can_be(attacks):
    assert len(attacks) >= 120
    assert {attack.threat for attack in attacks} == IN_THE_SANDBOX
    assert len({attack.title for attack in attacks}) == len(attacks)


def test_no_attack_has_a_name_by_which_pytest_would_run_it_outside_a_sandbox(attacks):
    """Pytest imports every conftest.py of a folder that it looks into: a hostile one would run as the developer."""
    named = [one.path for one in attacks if any(fnmatch(one.path.name, name) for name in RUN_BY_PYTEST)]
    assert named == []


def test_a_sample_has_something_of_every_threat_and_is_always_the_same(attacks):
    chosen = sample(attacks, 2)
    assert {attack.threat for attack in chosen} == IN_THE_SANDBOX
    assert len(chosen) < len(attacks) / 3
    assert chosen == sample(attacks, 2)
    assert sample(attacks, len(attacks)) == attacks


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1\n", "no line threat:, source:, verdict:"),
        ('"""A title.\n\nthreat: 1\nsource: known\n"""\n', "no line verdict:"),
        ('"""A title.\n\nthreat: 1\nsource: known\nverdict: lucky\n"""\n', "unknown verdict lucky"),
        ('"""A title.\n\nthreat: one\nsource: known\nverdict: any\n"""\n', "invalid literal"),
        ("def (:\n", "invalid syntax"),
    ],
)
def test_an_attack_without_its_header_is_an_error_that_names_the_file(tmp_path, text, message):
    (tmp_path / "forging").mkdir()
    (tmp_path / "forging" / "one.py").write_text(text)
    with pytest.raises(GraderError, match=rf"one\.py: .*{message}"):
        read_attacks(tmp_path)
