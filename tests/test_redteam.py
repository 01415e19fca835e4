"""The corpus of hostile submissions, and the tool that runs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests_sandboxes import ISOLATING, arguments, usable

from grader import Session, redteam
from grader.errors import GraderError
from grader.resources import folder

ATTACKS = redteam.read_attacks(folder("attacks"))
REFERENCE = folder("solutions") / redteam.SLUG / "reference.py"
IN_THE_SANDBOX = set(range(1, 24)) - {11, 13, 14}  # these three are about reports, attempts and data


def test_the_corpus_is_large_and_covers_every_threat_that_code_can_be():
    assert len(ATTACKS) >= 120
    assert {attack.threat for attack in ATTACKS} == IN_THE_SANDBOX
    assert len({attack.title for attack in ATTACKS}) == len(ATTACKS)


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
        redteam.read_attacks(tmp_path)


def planted(tmp_path: Path, source: str, verdict: str = "any") -> redteam.Attack:
    place = tmp_path / "wire" / "planted.py"
    place.parent.mkdir(exist_ok=True)
    place.write_text(f'"""Planted.\n\nthreat: 1\nsource: this test\nverdict: {verdict}\n"""\n{source}')
    return redteam.read_attacks(tmp_path)[0]


@pytest.mark.bubblewrap
@pytest.mark.parametrize(
    ("source", "verdict", "fault"),
    [
        (REFERENCE.read_text().replace("from __future__ import annotations\n", ""), "any", redteam.PASSED),
        ("def f1(*a, **k): return 0.5\nprecision_recall_f1 = f1\n", "timeout", "not timeout"),
    ],
    ids=["passes", "ends otherwise"],
)
def test_an_attack_that_succeeds_is_found(tmp_path, source, verdict, fault):
    usable("bubblewrap")
    attack = planted(tmp_path, source, verdict)
    with Session(sandbox="bubblewrap", warm=1) as session:
        (result,) = redteam.run(session, [attack], REFERENCE)
    assert any(fault in one for one in result.faults)


def test_what_is_left_behind_is_found(tmp_path, monkeypatch):
    """Without isolation a process outlives its run, and a file of the grader's stays."""
    before = redteam._machine()
    monkeypatch.setattr(redteam.tempfile, "tempdir", str(tmp_path))
    (tmp_path / "grader-left").touch()
    now = redteam._machine()
    assert "temporary files are left: grader-left" in list(redteam._grown(before, now))


@pytest.mark.slow
@pytest.mark.skipif(
    "GRADER_TEST_ATTACKS" not in os.environ, reason="takes long; GRADER_TEST_ATTACKS=1 runs it"
)
@pytest.mark.parametrize("section", sorted({attack.section for attack in ATTACKS}))
@pytest.mark.parametrize("name", ISOLATING)
def test_no_attack_does_better_than_it_should(name, section):
    usable(name)
    if name == "stream":
        pytest.skip("the transport of docker is attacked there")
    chosen = [attack for attack in ATTACKS if attack.section == section]
    with Session(**arguments(name), warm=1) as session:
        results = list(redteam.run(session, chosen, REFERENCE))
    assert len(results) == len(chosen)
    faults = [f"{one.attack.path.name}: {fault}" for one in results for fault in one.faults]
    assert not faults, "\n".join(faults)
