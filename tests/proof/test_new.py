"""`create` writes a challenge that is whole and overwrites nothing."""

from __future__ import annotations

import pytest

from grader.bank import Bank
from grader.errors import ChallengeError
from grader.proof import structure, verdicts
from grader.proof.expect import Expect, read_table
from grader.proof.new import Wishes, create
from grader.proof.subject import Subject


def test_what_is_wished_for_is_in_the_manifest(tmp_path, runs, fresh):
    wishes = Wishes('Say "hello"', "data-preparation", 17, ("first", "second"), ("pandas",))
    challenge, solutions = create(fresh.bank, "say-hello", wishes)
    expect, found = read_table(solutions / "expect.toml", Expect)
    assert expect is not None, found
    subject = Subject(fresh.bank, fresh.bank.get("say-hello"), expect)
    assert subject.challenge.title == 'Say "hello"'
    assert (subject.challenge.topic, subject.challenge.question) == ("data-preparation", 17)
    assert (subject.challenge.functions, subject.challenge.requires) == (
        ("first", "second"),
        ("numpy", "pandas"),
    )
    assert structure.check(subject) == []
    fresh.challenge = challenge


def test_several_functions_are_all_checked(fresh, runs):
    create(fresh.bank, "two-at-once", Wishes("Two at once", functions=("first", "second")))
    expect, _ = read_table(fresh.bank.solutions / "two-at-once" / "expect.toml", Expect)
    assert expect is not None
    one = runs(fresh)
    one.slug = "two-at-once"
    assert verdicts.check(Subject(fresh.bank, fresh.bank.get("two-at-once"), expect), one) == []
    assert (
        sum(
            check.check.suite == "hidden"
            for check in one.report(fresh.bank.solutions / "two-at-once" / "reference.py").checks
        )
        == 16
    )


@pytest.mark.parametrize("kind", ["challenges", "solutions"])
def test_nothing_is_overwritten(tmp_path, kind):
    bank = Bank(tmp_path / "challenges", tmp_path / "solutions", tmp_path / "datasets")
    (tmp_path / kind / "mine").mkdir(parents=True)
    (tmp_path / kind / "mine" / "notes").write_text("keep")
    with pytest.raises(ChallengeError, match="exists already"):
        create(bank, "mine", Wishes("Mine"))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["notes"]


@pytest.mark.parametrize(
    ("slug", "wishes", "message"),
    [
        ("Not A Slug", Wishes("x"), "is no name"),
        ("../up", Wishes("x"), "is no name"),
        ("fine", Wishes("x", functions=("no-name",)), "not a name that Python code can define"),
        ("fine", Wishes("x", topic="Two Words"), "topic"),
    ],
)
def test_a_wish_that_cannot_be_granted_leaves_nothing_behind(tmp_path, slug, wishes, message):
    bank = Bank(tmp_path / "challenges", tmp_path / "solutions", tmp_path / "datasets")
    with pytest.raises(ChallengeError, match=message) as error:
        create(bank, slug, wishes)
    assert ".new-" not in str(error.value)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert bank.slugs() == []
