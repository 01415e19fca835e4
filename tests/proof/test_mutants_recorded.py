"""`mutants.toml`: reasons for survivors, and everything that can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import ChallengeError
from grader.proof.mutants import Identity, Reasons, entry, recorded, shown
from grader.proof.mutants.recorded import schema
from grader.resources import folder

IDENTITY = Identity("f", 'return "a"', "return 'b'", 2)


def write(folder: Path, text: str) -> Path:
    (folder / "mutants.toml").write_text(text)
    return folder


def test_without_a_file_no_mutant_has_a_reason(tmp_path):
    assert recorded(tmp_path) == Reasons()


def test_what_is_written_is_what_is_read(tmp_path):
    other = Identity("", "RATE = 1", "RATE = 2")
    text = (
        "format = 1\n" + entry(IDENTITY, "both are the same") + entry(other, "too dear to tell", "survivor")
    )
    reasons = recorded(write(tmp_path, text))
    assert reasons == Reasons(frozenset({IDENTITY}), frozenset({other}))
    assert reasons.all == {IDENTITY, other}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"format: is missing"),
        (
            "format = 1\n[[equivalent]]\noriginal = 'a'\nchanged = 'b'\n",
            r"equivalent\[0\]\.reason: is missing",
        ),
        (
            "format = 1\n[[equivalent]]\noriginal = 'a'\nchanged = 'b'\nreason = ' '\n",
            r"equivalent\[0\]\.reason: .*10",
        ),
        (
            "format = 1\n[[equivalent]]\noriginal = 'a'\nreason = 'the same answer'\n",
            r"equivalent\[0\]\.changed: is missing",
        ),
        ("format = 1\n[[same]]\n", r"same: is not a known key"),
        ("format = 1\n[[equivalent]\n", r"is not TOML"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(tmp_path, text, message):
    with pytest.raises(ChallengeError, match=message):
        recorded(write(tmp_path, text))


def test_a_mutant_that_is_recorded_twice_is_an_error(tmp_path):
    text = (
        "format = 1\n" + entry(IDENTITY, "both are the same") + entry(IDENTITY, "the same again", "survivor")
    )
    with pytest.raises(ChallengeError, match="recorded 2 times: f: return"):
        recorded(write(tmp_path, text))


def test_a_mutant_is_shown_in_one_line():
    assert shown(IDENTITY) == "f: return \"a\" -> return 'b' (occurrence 2)"
    assert shown(Identity("", "A = 1", "A = 2")) == "top level: A = 1 -> A = 2"


def test_the_published_schema_is_that_of_the_code():
    published = (folder("schemas") / "mutants-v1.schema.json").read_text(encoding="utf-8")
    assert published == schema(), "run: python -m grader.proof.mutants > schemas/mutants-v1.schema.json"
