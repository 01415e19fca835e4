"""`proof.toml`: written for a whole proof, and worth nothing once what it rests on has changed."""

from __future__ import annotations

import math

import pytest

from grader.proof import check as proving
from grader.proof import record
from grader.proof.findings import SECTIONS
from grader.proof.record import Mutants, Room
from grader.resources import folder

MUTANTS = Mutants(total=40, killed=37, equivalent=2)
ROOMS = (Room(metric="error", right=1.25, baselines=math.inf),)


def test_what_is_written_is_read_again(fresh):
    subject = fresh.subject()
    assert record.current(subject) is None
    record.write(subject, 20, MUTANTS, ROOMS)
    kept = record.current(subject)
    assert kept is not None
    assert (kept.seeds, kept.mutants, tuple(kept.rooms)) == (20, MUTANTS, ROOMS)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("reference.py", "def ", "\ndef "),
        ("expect.toml", "format = 1", "format = 1  # "),
        ("challenge.toml", "minutes = ", "minutes = 1"),
        ("checks/hidden/oracle.py", "import math", "import math  # "),
    ],
)
def test_a_record_of_other_files_is_none(fresh, file, old, new):
    record.write(fresh.subject(), 20, MUTANTS, ())
    fresh.change(file, (old, new))
    assert record.current(fresh.subject()) is None


@pytest.mark.parametrize("text", ["", "format = 1\n", "not toml", 'format = 1\nmutants = "many"\n'])
def test_a_damaged_record_is_none(fresh, text):
    (fresh.solutions / record.FILE).write_text(text)
    assert record.current(fresh.subject()) is None


def test_texts_do_not_make_a_record_stale(fresh):
    record.write(fresh.subject(), 20, MUTANTS, ())
    with (fresh.challenge / "answer.md").open("a") as file:
        file.write("\nOne more sentence.\n")
    assert record.current(fresh.subject()) is not None


def prove(fresh, **options):
    [proof] = proving.check(
        fresh.bank, fresh.bank.slugs(), proving.Options(("process",), **options), lambda step: None
    )
    return proof


def test_changed_takes_what_takes_long_from_the_record(fresh):
    record.write(fresh.subject(), 20, MUTANTS, ROOMS)
    sections = frozenset({"structure", "verdicts", "seeds", "mutants", "parity"})
    proof = prove(fresh, sections=sections, changed=True)
    assert [str(finding) for finding in proof.findings] == []
    assert (proof.recorded, proof.done) == (True, ["structure", "verdicts"])
    assert (proof.mutants, proof.seeds, proof.rooms) == (MUTANTS, 20, ROOMS)


def test_changed_runs_the_sections_of_a_challenge_that_has_changed(fresh):
    record.write(fresh.subject(), 20, MUTANTS, ROOMS)
    fresh.change("reference.py", ("def ", "\ndef "))
    proof = prove(fresh, sections=frozenset({"seeds"}), seeds=2, changed=True)
    assert (proof.recorded, proof.done, proof.rooms) == (False, ["seeds"], ())


def test_a_proof_with_sections_left_out_is_not_recorded(fresh):
    proof = prove(fresh, sections=frozenset({"structure"}), record=True)
    [finding] = proof.findings
    assert finding.place == record.FILE
    assert "it lacks verdicts, mutants, seeds" in finding.message
    assert not (fresh.solutions / record.FILE).exists()


def test_a_proof_of_few_seeds_is_not_recorded():
    assert record.missing(SECTIONS, 19) == "it is of 19 seeds; 20 are wanted"
    assert record.missing(SECTIONS, 20) == ""


def test_the_published_schema_is_that_of_the_code():
    published = (folder("schemas") / "proof-v1.schema.json").read_text(encoding="utf-8")
    assert published == record.schema()
