"""`check` brings the sections together: what cannot be run is a finding, never a pass."""

from __future__ import annotations

import shutil

import pytest
from tests_sandboxes import usable

from grader.errors import SandboxError
from grader.proof import check as proving
from grader.proof.findings import SECTIONS

QUICK = frozenset({"structure", "verdicts", "determinism"})


def prove(fresh, *sections: str, sandboxes: tuple[str, ...] = ("process",), **more):
    steps: list[str] = []
    options = proving.Options(sandboxes, frozenset(sections), **more)
    return proving.check(fresh.bank, fresh.bank.slugs(), options, steps.append), steps


def test_a_challenge_that_cannot_be_read_is_a_finding_and_the_others_go_on(fresh):
    shutil.copytree(fresh.challenge, fresh.bank.challenges / "broken")
    (fresh.bank.challenges / "broken" / "challenge.toml").write_text("format = 1\n")
    proofs, steps = prove(fresh, "structure")
    assert [proof.slug for proof in proofs] == ["broken", "mean-of-known"]
    assert not proofs[0].proven
    assert any("title: is missing" in finding.message for finding in proofs[0].findings)
    assert proofs[0].done == []
    assert proofs[1].proven
    assert proofs[1].done == ["structure"]
    assert any(step.startswith("2 of 2 done; ") for step in steps)


def test_a_challenge_without_expect_toml_is_a_finding(fresh):
    (fresh.solutions / "expect.toml").unlink()
    [proof], _ = prove(fresh, "structure", "verdicts")
    assert [(finding.place, finding.message) for finding in proof.findings] == [
        ("expect.toml", "there is no such file")
    ]


def test_solutions_that_are_not_there_are_said_and_nothing_is_graded(fresh):
    (fresh.solutions / "wrong_median.py").unlink()
    [proof], _ = prove(fresh, "verdicts")
    assert [finding.message for finding in proof.findings] == [
        "names wrong_median.py, which cannot be graded: nothing was"
    ]
    assert proof.done == []


def test_checks_that_cannot_be_collected_are_a_finding(fresh):
    fresh.change("checks/hidden/oracle.py", ("import math", "import nothing_of_that_name"))
    [proof], _ = prove(fresh, "verdicts")
    assert any("the checks cannot be collected" in finding.message for finding in proof.findings)
    assert proof.done == []


def test_a_section_that_raises_is_a_finding_of_infrastructure(fresh, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("out of luck")

    monkeypatch.setattr(proving.structure, "check", broken)
    [proof], _ = prove(fresh, "structure")
    [finding] = proof.findings
    assert finding.infrastructure
    assert "RuntimeError: out of luck" in finding.message


def test_a_sandbox_that_is_not_there_is_an_error_at_once(monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "unix:///nonexistent/docker.sock")
    with pytest.raises(SandboxError):
        proving.sandboxes("docker")


@pytest.mark.slow
@pytest.mark.bubblewrap
def test_a_fresh_challenge_passes_every_section(fresh):
    usable("bubblewrap")
    [proof], _ = prove(fresh, *SECTIONS, sandboxes=("bubblewrap",), seeds=3)
    assert [str(finding) for finding in proof.findings] == []
    assert set(proof.done) == set(SECTIONS) - {"parity"}  # one sandbox has nothing to agree with
    assert (proof.checks, proof.points, proof.right, proof.wrong, proof.seeds) == (8, 9.0, 2, 6, 3)
    assert proof.mutants is not None
    assert proof.mutants.killed == proof.mutants.total - proof.mutants.equivalent > 0


def test_all_sections_but_those_that_need_isolation_run_in_a_plain_process(fresh):
    [proof], _ = prove(fresh, "structure", "verdicts", "seeds", seeds=2)
    assert [str(finding) for finding in proof.findings] == []
    assert proof.done == ["structure", "verdicts", "seeds"]
