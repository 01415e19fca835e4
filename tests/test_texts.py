from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import ChallengeError
from grader.model import Challenge
from grader.texts import answer, brief, hints, interview_question, sections

ANSWER = """# Why add numbers?

Because the sum says how many there are.

## The usual wrong answer

"To multiply them."

## Follow-up questions

- Does the order matter?
"""


@pytest.fixture
def challenge(tmp_path: Path) -> Challenge:
    (tmp_path / "README.md").write_text("# Add\n\nWrite `add`.", encoding="utf-8")
    (tmp_path / "answer.md").write_text(ANSWER, encoding="utf-8")
    (tmp_path / "hints.md").write_text(
        "# Hints\n\n## 1\n\nA.\n\n## 2\n\nB.\n\n## 3\n\nC.\n", encoding="utf-8"
    )
    return Challenge("add", "Add", "metrics", "easy", 5, ("add",), (), tmp_path, "sha256:")


def test_the_texts_are_read_from_their_files(challenge: Challenge) -> None:
    assert brief(challenge) == "# Add\n\nWrite `add`.\n"
    assert interview_question(challenge) == "Why add numbers?"
    assert hints(challenge) == ("A.", "B.", "C.")


def test_the_answer_comes_without_the_question(challenge: Challenge) -> None:
    text = answer(challenge)
    assert text.startswith("Because the sum")
    assert "Why add numbers?" not in text
    assert "Does the order matter?" in text


@pytest.mark.parametrize("heading", ["The usual wrong answer", "Follow-up questions"])
def test_an_answer_without_one_of_its_sections_is_refused(challenge: Challenge, heading: str) -> None:
    (challenge.root / "answer.md").write_text(ANSWER.replace(heading, "Other"), encoding="utf-8")
    with pytest.raises(ChallengeError, match=heading):
        answer(challenge)


def test_an_answer_must_open_with_the_question(challenge: Challenge) -> None:
    (challenge.root / "answer.md").write_text("Because.\n", encoding="utf-8")
    with pytest.raises(ChallengeError, match="line 1 must be"):
        interview_question(challenge)


@pytest.mark.parametrize("text", ["## 1\n\nA.\n\n## 2\n\nB.\n", "## 1\n\nA.\n## 2\n## 3\nC.\n", ""])
def test_hints_must_be_three_and_say_something(challenge: Challenge, text: str) -> None:
    (challenge.root / "hints.md").write_text(text, encoding="utf-8")
    with pytest.raises(ChallengeError, match="must have 3 sections"):
        hints(challenge)


def test_a_missing_text_is_an_error_with_its_path(challenge: Challenge) -> None:
    (challenge.root / "hints.md").unlink()
    with pytest.raises(ChallengeError, match=r"hints\.md: there is no such file"):
        hints(challenge)


def test_a_text_that_is_not_utf8_is_an_error(challenge: Challenge) -> None:
    (challenge.root / "README.md").write_bytes(b"ab\xff")
    with pytest.raises(ChallengeError, match=r"README\.md: is not UTF-8: byte 2"):
        brief(challenge)


def test_headings_inside_code_blocks_are_code() -> None:
    text = "## One\n\n```python\n## a comment\n```\n\n~~~~\n```\n## too\n~~~~\n\n## Two\n\nb"
    assert [title for title, _ in sections(text)] == ["One", "Two"]
    assert "## a comment" in sections(text)[0][1]
