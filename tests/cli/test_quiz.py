from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests_program import program, typed

from grader.quiz import due_times
from grader.store import Store

ANSWER = """# Why {slug}?

The answer to {slug}, in short.

## The usual wrong answer

Wrong words about {slug}.

## Follow-up questions

- And then?
"""
ORDER = ("walk-downhill", "add-numbers", "extra-one")  # by the questions' numbers


@pytest.fixture
def questions(bank: Path) -> Path:
    for slug in ORDER:
        (bank / "challenges" / slug / "answer.md").write_text(ANSWER.format(slug=slug), encoding="utf-8")
    return bank


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def quiz(questions: Path, home: Path, *arguments: str, keys: str) -> CompletedProcess[str]:
    return typed("quiz", *arguments, "--bank", questions, keys=keys, GRADER_HOME=str(home))


def asked(done: CompletedProcess[str]) -> list[str]:
    return re.findall(
        r"^(?:question \d+, )?([a-z0-9-]+), [a-z-]+, (?:easy|medium|hard)$", done.stdout, re.MULTILINE
    )


def test_a_card_is_asked_shown_and_rated(questions: Path, home: Path) -> None:
    done = quiz(questions, home, "--limit", "1", keys="\n3\n")
    assert done.returncode == 0, done.stderr
    question, answer = (
        done.stdout.index("Why walk-downhill?"),
        done.stdout.index("The answer to walk-downhill, in short."),
    )
    assert question < answer < done.stdout.index("Wrong words") < done.stdout.index("And then?")
    assert "Good: it comes again in 10 minutes." in done.stdout
    with Store(home) as store:
        assert [(one.slug, one.rating) for one in store.reviews()] == [("walk-downhill", 3)]
        due = due_times(store.cards())["walk-downhill"]
        assert timedelta(minutes=9) < due - datetime.now(UTC) < timedelta(minutes=11)


def test_seeing_the_answer_counts_as_seen_and_not_as_giving_up(questions: Path, home: Path) -> None:
    quiz(questions, home, "add-numbers", keys="\n1\n")
    with Store(home) as store:
        state = store.state("add-numbers")
        assert (state.answer_seen, state.gave_up, state.label) == (True, False, "new")


def test_new_cards_come_in_the_banks_order_until_there_are_no_more(questions: Path, home: Path) -> None:
    done = quiz(questions, home, keys="\n4\n" * 3)
    assert asked(done) == list(ORDER)
    assert "3 cards rated. The next one is " in done.stdout
    assert re.search(r"in \d+ days\.", done.stdout)


def test_a_card_that_is_due_comes_first(questions: Path, home: Path) -> None:
    with Store(home) as store:
        yesterday = datetime.now(UTC) - timedelta(days=1)
        card = {"card_id": 1, "state": 2, "step": None, "stability": 5.0, "difficulty": 5.0}
        card |= {"due": yesterday.isoformat(), "last_review": (yesterday - timedelta(days=5)).isoformat()}
        store.rate("extra-one", json.dumps(card), 3, yesterday)
    done = quiz(questions, home, "--limit", "2", keys="\n3\n" * 2)
    assert asked(done) == ["extra-one", "walk-downhill"]
    assert "1 due, 2 new" in done.stdout


def test_where_nothing_is_left_it_says_when_the_next_card_comes(questions: Path, home: Path) -> None:
    quiz(questions, home, keys="\n4\n" * 3)
    done = quiz(questions, home, keys="")
    assert (done.returncode, asked(done)) == (0, [])
    assert re.search(r"No card rated. The next one is [a-z-]+, in \d+ days\.", done.stdout)


def test_a_named_card_is_asked_whether_it_is_due_or_not(questions: Path, home: Path) -> None:
    for _ in range(2):
        done = quiz(questions, home, "extra-one", keys="\ngood\n\n3\n")
        assert asked(done) == ["extra-one"]
    with Store(home) as store:
        assert [one.slug for one in store.reviews()] == ["extra-one"] * 2


@pytest.mark.parametrize(
    ("keys", "ratings", "seen"),
    [
        ("q\n", 0, 0),
        ("", 0, 0),
        ("\nq\n", 0, 1),
        ("\n", 0, 1),
        ("\n2\nq\n", 1, 1),
        ("\n2\n\nQUIT\n", 1, 2),
        ("\n2\n\n", 1, 2),
    ],
)
def test_it_can_be_left_at_any_time_and_nothing_is_lost(
    questions: Path, home: Path, keys: str, ratings: int, seen: int
) -> None:
    done = quiz(questions, home, keys=keys)
    assert done.returncode == 0
    assert "rated" in done.stdout.splitlines()[-1]
    with Store(home) as store:
        assert len(store.reviews()) == ratings
        assert sum(state.answer_seen for state in store.states().values()) == seen


@pytest.mark.parametrize(("word", "rating"), [("1", 1), ("again", 1), ("h", 2), (" GOOD ", 3), ("e", 4)])
def test_a_rating_is_a_digit_a_word_or_its_first_letter(
    questions: Path, home: Path, word: str, rating: int
) -> None:
    quiz(questions, home, "add-numbers", keys=f"\n{word}\n")
    with Store(home) as store:
        assert [one.rating for one in store.reviews()] == [rating]


def test_another_word_is_asked_for_again(questions: Path, home: Path) -> None:
    done = quiz(questions, home, "add-numbers", keys="\n5\n\nvery well\n2\n")
    assert done.stderr.count("Type 1 for again") == 3
    with Store(home) as store:
        assert [one.rating for one in store.reviews()] == [2]


def test_a_topic_leaves_the_others_out(questions: Path, home: Path) -> None:
    done = quiz(questions, home, "--topic", "metrics", keys="\n4\n" * 2)
    assert asked(done) == ["add-numbers", "extra-one"]
    done = quiz(questions, home, "--topic", "cooking", keys="")
    assert done.returncode == 2
    assert "metrics" in done.stderr


def test_a_challenge_without_a_model_answer_is_not_asked(questions: Path, home: Path) -> None:
    (questions / "challenges" / "walk-downhill" / "answer.md").unlink()
    assert asked(quiz(questions, home, keys="\n4\n" * 2)) == ["add-numbers", "extra-one"]
    done = quiz(questions, home, "walk-downhill", keys="")
    assert done.returncode == 2
    assert "no model answer" in done.stderr


def test_a_challenge_that_there_is_not_is_an_error(questions: Path, home: Path) -> None:
    done = quiz(questions, home, "add-nmubers", keys="")
    assert done.returncode == 2
    assert "add-numbers" in done.stderr


def test_a_terminal_without_unicode_can_show_it(questions: Path, home: Path) -> None:
    place = {"GRADER_HOME": str(home), "PYTHONIOENCODING": "ascii"}
    done = program("quiz", "--bank", questions, keys="\n1\n", **place)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("--- 0 due, 3 new ---\n")
    assert "- And then?" in done.stdout


def test_all_questions_of_the_grader_can_be_asked(home: Path) -> None:
    done = typed("quiz", keys="\n4\n" * 25, GRADER_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert len(set(asked(done))) == 25


def test_it_works_on_a_terminal(questions: Path, home: Path) -> None:
    """As typed by a person, who sees prompts, and leaves with the end of the input."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "quiz", "--bank", str(questions)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=os.environ | {"GRADER_HOME": str(home), "TERM": "xterm", "NO_COLOR": "1"},
    )
    os.close(follower)
    shown = ""

    def until(text: str) -> None:
        nonlocal shown
        deadline = time.monotonic() + 30
        start = len(shown)
        while text not in shown[start:]:
            assert time.monotonic() < deadline, shown
            shown += os.read(leader, 4096).decode()

    for prompt, key in (("q leaves: ", "\n"), ("to leave: ", "4\n"), ("q leaves: ", "\x04")):
        until(prompt)
        os.write(leader, key.encode())
    until("1 card rated.")
    assert process.wait(timeout=30) == 0
    os.close(leader)
    assert "\x1b[1m" not in shown
