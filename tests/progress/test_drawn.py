"""Progress as a terminal and as a page show it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import click
import pytest
from tests_records import ERROR, NOON, challenge, report

from grader.progress import Progress, Record, page, summarise, terminal, words
from grader.store import Store

HOUR = timedelta(hours=1)
NASTY = replace(ERROR, label="Error <b>against</b> the mean & R² " + "very " * 30)
BANK = (
    replace(challenge("f1-by-hand", metrics=(NASTY,)), title="<script>alert(1)</script>"),
    replace(challenge("with-and-without-labels"), topic="learning-types", difficulty="hard"),
    replace(challenge("c"), topic="production", difficulty="medium"),
)


@pytest.fixture
def progress(store: Store, tmp_path: Path) -> Progress:
    store.mark_started("c", tmp_path, NOON - 60 * 24 * HOUR)
    store.add_attempt(report(passed=1, error=0.9))
    store.add_attempt(report(error=0.7, when=NOON + HOUR))
    store.show_hint("f1-by-hand", NOON + 0.5 * HOUR)
    store.see_answer("with-and-without-labels", NOON, gave_up=True)
    store.add_attempt(report("gone"))
    return summarise(BANK, Record.of(store), NOON, UTC)


@pytest.mark.parametrize("width", [44, 60, 80, 200])
@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("unicode", [False, True])
def test_no_line_is_wider_than_the_terminal(
    progress: Progress, width: int, color: bool, unicode: bool
) -> None:
    text = terminal.render(progress, width=width, color=color, unicode=unicode)
    assert max(len(line) for line in click.unstyle(text).splitlines()) <= width
    assert ("\x1b[" in text) == color
    assert text.isascii() or unicode


def test_the_figures_are_in_the_text(progress: Progress) -> None:
    text = terminal.render(progress)
    first = text.splitlines()[0]
    assert first.startswith("1 of 3 solved · 2 attempts · 1 h 0 min · 0 quiz cards")
    row = next(line for line in text.splitlines() if line.startswith("f1-by-hand"))
    assert row.split() == ["f1-by-hand", "solved", "87", "%", "2", "1", "1", "h", "0", "min"]
    assert re.search(r"^with-and-without-labels +given up$", text, re.MULTILINE)
    assert "0.7 (passing: 0.75 or lower)" in text
    assert re.search(r"^learning-types +░{20} +0/1$", text, re.MULTILINE)
    assert re.search(r"^metrics +█{20} +1/1", text, re.MULTILINE)
    assert "1 attempt at challenges that this bank does not have is left out." in text


def test_the_strip_has_a_mark_for_each_day_up_to_today(progress: Progress) -> None:
    """NOON is a Monday, so the last week has one day."""
    text = terminal.render(progress)
    rows = {line[:3]: line[4:28] for line in text.splitlines() if line[:3] in ("Mon", "Wed", "Fri", "Sun")}
    assert rows["Mon"] == "·" * 22 + "██"
    assert rows["Wed"].rstrip() == "·" * 22
    assert text.splitlines()[3].split() == ["Dec", "Jan", "Feb", "Mar"]


def test_someone_who_has_done_nothing_is_told_where_to_begin() -> None:
    text = terminal.render(summarise(BANK, Record(), NOON, UTC))
    assert "`grader list`" in text
    assert "0 of 3 solved" in text


def test_the_page_is_sound_and_loads_nothing(progress: Progress) -> None:
    text = page.render(progress)
    assert text.startswith("<!doctype html>")
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "R² " in text
    assert not re.findall(r"(?:src|href|url)\s*[=(]", text)
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in text
    assert 'name="viewport"' in text
    body = text[text.index("<body>") : text.index("</html>")]
    ET.fromstring(body)  # every element is closed


def test_the_page_has_a_rectangle_for_each_day_of_half_a_year(progress: Progress) -> None:
    body = page.render(progress)
    calendar = body[body.index("<svg") : body.index("</svg>")]
    assert calendar.count("<rect") == 25 * 7 + 1
    assert "02 March 2026: 5 things done" in calendar
    assert 'aria-label="Something was done on 2 days"' in body


def test_the_page_of_someone_who_has_done_nothing_is_sound() -> None:
    text = page.render(summarise([], Record(), NOON, UTC))
    ET.fromstring(text[text.index("<body>") : text.index("</html>")])


def test_times_are_said_as_a_person_would() -> None:
    shown = [words.duration(seconds) for seconds in (0, 30, 60, 3599, 3600, 3 * 3600 + 300)]
    assert shown == ["0 min", "1 min", "1 min", "59 min", "1 h 0 min", "3 h 5 min"]


def test_a_share_is_never_rounded_up_to_all() -> None:
    assert [words.share(share) for share in (None, 0.0, 0.29, 0.999, 1.0)] == [
        "",
        "0 %",
        "29 %",
        "99 %",
        "100 %",
    ]


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        ([], "No day yet"),
        ([0], "1 day, today; the longest was 1 day."),
        ([0, 1], "2 days in a row, today is one of them; the longest was 2 days."),
        ([1, 2], "2 days in a row, do something today to keep it up; the longest was 2 days."),
        ([3, 4], "No days in a row just now; the longest was 2 days."),
    ],
)
def test_the_streak_in_words(store: Store, ago: list[int], said: str) -> None:
    for days in ago:
        store.show_hint("c", NOON - days * 24 * HOUR)
    assert words.streak(summarise(BANK, Record.of(store), NOON, UTC)).startswith(said)
