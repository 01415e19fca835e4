from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from grader.bank import Bank, digest, read_challenge
from grader.errors import ChallengeError
from grader.manifest import schema
from grader.model import Limits, Metric
from grader.texts import answer, brief, hints, interview_question

MANIFEST = """
format = 1
title = "Add two numbers"
question = 7
topic = "metrics"
difficulty = "easy"
minutes = 5
functions = ["add", "Adder"]
requires = ["numpy", "scikit-learn"]
pass_mark = 0.8

[limits]
memory_mb = 256

[[metrics]]
name = "error"
label = "Error of the sum"
better = "lower"
zero = 1.0
passing = 0.75
full = 0.5
points = 4
"""


def write_challenge(challenges: Path, slug: str = "add-numbers", manifest: str = MANIFEST) -> Path:
    root = challenges / slug
    (root / "checks" / "hidden").mkdir(parents=True)
    (root / "challenge.toml").write_text(manifest, encoding="utf-8")
    (root / "README.md").write_text("# Add\n\nWrite `add`.\n", encoding="utf-8")
    (root / "checks" / "hidden" / "test_add.py").write_text("def test_add(): ...\n", encoding="utf-8")
    return root


def test_a_challenge_is_read_whole(tmp_path: Path) -> None:
    root = write_challenge(tmp_path)
    challenge = read_challenge(root)
    assert challenge.slug == "add-numbers"
    assert challenge.question == 7
    assert challenge.functions == ("add", "Adder")
    assert challenge.requires == ("numpy", "scikit-learn")
    assert challenge.limits == Limits(memory_mb=256)
    assert challenge.metrics == (Metric("error", "Error of the sum", "lower", 1.0, 0.75, 0.5, 4.0),)
    assert challenge.pass_mark == 0.8
    assert challenge.root == root
    assert challenge.digest == digest(root)


def test_all_kinds_of_errors_are_reported_together(tmp_path: Path) -> None:
    manifest = MANIFEST.replace("minutes = 5", "minutes = -5").replace('"Adder"', '"add"')
    manifest = manifest.replace("memory_mb = 256", "seconds = 60\nrun_seconds = 30")
    root = write_challenge(tmp_path, "Add_Numbers", manifest + manifest[manifest.index("[[metrics]]") :])
    (root / "README.md").unlink()
    (root / "checks" / "hidden" / "test_add.py").unlink()
    with pytest.raises(ChallengeError) as caught:
        read_challenge(root)
    text = str(caught.value)
    for part in (
        "minutes: input should be greater than or equal to 1, not -5",
        "functions: 'add' is there 2 times",
        "metrics: 'error' is there 2 times",
        "limits.run_seconds: a run has 30 s but one of its checks may take 60 s",
        "README.md: the brief is missing",
        "hidden: there is no test_*.py",
        "the folder's name must be lower-case",
    ):
        assert part in text
    assert len(text.splitlines()) == 7


@pytest.mark.parametrize(
    "line", ["functions = 3", 'functions = "add"', "metrics = 1", "limits = 2", "metrics = [1]"]
)
def test_wrong_shapes_are_errors_and_do_not_crash(tmp_path: Path, line: str) -> None:
    with pytest.raises(ChallengeError, match=r"challenge\.toml"):
        read_challenge(write_challenge(tmp_path, manifest=f"format = 1\n{line}\n"))


def test_the_digest_covers_what_decides_a_verdict_and_nothing_else(tmp_path: Path) -> None:
    root = write_challenge(tmp_path)
    before = digest(root)
    assert before.startswith("sha256:")
    (root / "README.md").write_text("other", encoding="utf-8")
    cache = root / "checks" / "hidden" / "__pycache__"
    cache.mkdir()
    (cache / "test_add.cpython-311.pyc").write_bytes(b"cache")
    assert digest(root) == before
    helper = root / "checks" / "hidden" / "oracle.py"
    helper.write_text("x = 1\n", encoding="utf-8")
    with_helper = digest(root)
    helper.rename(helper.with_name("oracles.py"))
    (root / "challenge.toml").write_text(MANIFEST + "# a word\n", encoding="utf-8")
    assert len({before, with_helper, digest(root)}) == 3


def test_one_file_that_looks_like_two_has_another_digest(tmp_path: Path) -> None:
    one, two = write_challenge(tmp_path, "one"), write_challenge(tmp_path, "two")
    (one / "checks" / "a.py").write_text("1checks/b.py2", encoding="utf-8")
    (two / "checks" / "a.py").write_text("1", encoding="utf-8")
    (two / "checks" / "b.py").write_text("2", encoding="utf-8")
    assert digest(one) != digest(two)


def test_slugs_are_listed_without_parsing(tmp_path: Path) -> None:
    write_challenge(tmp_path / "challenges", "zeta", "this is not TOML")
    write_challenge(tmp_path / "challenges", "alpha")
    assert Bank.at(tmp_path).slugs() == ["alpha", "zeta"]


def test_all_is_in_the_order_of_the_questions_with_extra_ones_last(tmp_path: Path) -> None:
    for slug, line in (("c", "question = 2"), ("b", "question = 11"), ("a", "")):
        write_challenge(tmp_path / "challenges", slug, MANIFEST.replace("question = 7", line))
    assert [challenge.slug for challenge in Bank.at(tmp_path).all()] == ["c", "b", "a"]


def test_all_reports_every_broken_challenge(tmp_path: Path) -> None:
    for slug in ("a", "b"):
        write_challenge(tmp_path / "challenges", slug, MANIFEST.replace("minutes = 5", ""))
    with pytest.raises(ChallengeError, match=r"(?s)a/challenge.toml: minutes.*b/challenge.toml: minutes"):
        Bank.at(tmp_path).all()


def test_an_unknown_slug_is_answered_with_the_nearest(tmp_path: Path) -> None:
    write_challenge(tmp_path / "challenges")
    bank = Bank.at(tmp_path)
    with pytest.raises(ChallengeError, match=r"'add-number' .*did you mean add-numbers"):
        bank.get("add-number")
    with pytest.raises(ChallengeError, match="grader list"):
        bank.get("../../etc")


def test_a_bank_may_be_a_folder_of_challenge_folders(tmp_path: Path) -> None:
    write_challenge(tmp_path / "mine")
    bank = Bank.at(tmp_path / "mine")
    assert bank.slugs() == ["add-numbers"]
    assert bank.datasets == tmp_path / "datasets"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "no such folder"),
        ("empty", "is not a bank"),
        ("challenges/add-numbers", "is one challenge"),
    ],
)
def test_what_is_not_a_bank_is_refused(tmp_path: Path, path: str, message: str) -> None:
    write_challenge(tmp_path / "challenges")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ChallengeError, match=message):
        Bank.at(tmp_path / path)


DEFAULT = Bank.default()
TOPICS = (
    *("learning-types", "metrics", "algorithms", "optimisation"),
    *("data-preparation", "deep-learning", "production"),
)


@pytest.mark.parametrize("slug", DEFAULT.slugs())
def test_every_challenge_of_the_default_bank_reads_well(slug: str) -> None:
    challenge = DEFAULT.get(slug)
    assert challenge.topic in TOPICS
    assert interview_question(challenge).endswith(("?", "."))
    assert answer(challenge)
    assert brief(challenge)
    assert len(hints(challenge)) == 3
    assert (challenge.root / "starter" / "solution.py").is_file()
    assert any((challenge.root / "checks" / "visible").glob("test_*.py"))
    raw = tomllib.loads((challenge.root / "challenge.toml").read_text(encoding="utf-8"))
    jsonschema.validate(raw, json.loads(schema("challenge")))


def test_no_two_challenges_answer_the_same_question() -> None:
    questions = [challenge.question for challenge in DEFAULT.all() if challenge.question is not None]
    assert len(questions) == len(set(questions))
