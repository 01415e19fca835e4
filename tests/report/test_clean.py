from __future__ import annotations

import unicodedata
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import clean

# Any code point, lone surrogates included, with the dangerous ones made likely.
CHARS = st.one_of(
    st.characters(codec=None, exclude_categories=()),
    st.sampled_from(
        "\x00\x07\x08\x1b\x9b\x9d\x9c[]m;?8\\\r\n\t\v\f\x85\u2028\u202e\u2066\u200b\u200d\ufeff\xad\u3164#:"
        "\ud800\udfff\ufffe\u0301 "
    ),
)
TEXTS = st.text(CHARS, max_size=300)


def texts(value: str) -> str:
    return clean.text(value, max_bytes=200, max_lines=6, max_width=30)


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07words", "words"),
        ("\x1b]8;;http://a.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jcleared", "cleared"),
        ("\x1b(0boxes\x1bc", "boxes"),
        ("\x1b]52;c;unfinished\nnext", "next"),
        ("kept\roverwritten", "kept\noverwritten"),
        ("a\r\nb\x85c\u2028d", "a\nb\nc\nd"),
        ("\u202egnp.exe\u2069", "gnp.exe"),
        ("a\u200bb\ufeffc\u00add\u3164", "abcd"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("\ud800", "\ufffd"),
        ("no\ufffecharacter\U0001ffff", "nocharacter"),
        ("\u00a0wide\u3000", " wide "),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 4),
        ("caf\u00e9 \u4e2d\u6587 \U0001f600 R\u00b2\ttab", "caf\u00e9 \u4e2d\u6587 \U0001f600 R\u00b2\ttab"),
    ],
)
def test_what_is_left_is_what_a_person_would_read(dirty: str, shown: str) -> None:
    assert clean.strip(dirty).lstrip("\n") == shown


@given(TEXTS)
def test_no_control_format_or_surrogate_character_is_left(value: str) -> None:
    for char in clean.strip(value):
        assert char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


@pytest.mark.parametrize("function", [clean.strip, texts, clean.line, clean.xml, clean.commands])
def test_cleaning_twice_changes_nothing(function: Callable[[str], str]) -> None:
    @given(TEXTS)
    def check(value: str) -> None:
        once = function(value)
        assert function(once) == once

    check()


@given(st.one_of(TEXTS, st.lists(TEXTS, max_size=40).map("\n".join)))
def test_texts_keep_within_their_bounds(value: str) -> None:
    shown = texts(value)
    lines = shown.split("\n")
    assert len(shown.encode()) <= 200
    assert len(lines) <= 6
    assert max(map(len, lines)) <= 30


@given(TEXTS)
def test_a_line_is_one_line_within_its_bound(value: str) -> None:
    shown = clean.line(value, 20)
    assert "\n" not in shown
    assert "\t" not in shown
    assert len(shown) <= 20


def test_a_long_text_keeps_both_ends_and_says_that_a_part_is_missing() -> None:
    value = "\n".join(f"line {number}" for number in range(1000))
    lines = clean.text(value, max_lines=10).split("\n")
    assert (lines[0], lines[-1], len(lines)) == ("line 0", "line 999", 10)
    assert lines.count(clean.LEFT_OUT) == 1


def test_a_giant_is_bounded() -> None:
    shown = clean.text("\x1b[31m" * 10_000_000 + "the end")
    assert shown.endswith("the end")
    assert len(shown.encode()) <= clean.MAX_BYTES


@given(TEXTS)
def test_xml_text_can_be_parsed_and_comes_back(value: str) -> None:
    element = ElementTree.Element("a")
    element.text = clean.xml(value)
    parsed = ElementTree.fromstring(ElementTree.tostring(element, encoding="unicode"))
    assert (parsed.text or "") == element.text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    "value", ["::error::no", "  ::add-mask::x", "a\n::set-output", "x ##[error]", "##vso[a]", "###TeamCity[a"]
)
def test_workflow_commands_lose_their_form(value: str) -> None:
    shown = clean.commands(value)
    assert shown != value
    assert not any(line.strip().startswith("::") for line in shown.split("\n"))
    assert not any(sign in shown.lower() for sign in ("##[", "##vso[", "##teamcity["))


def test_ordinary_colons_and_hashes_stay() -> None:
    assert clean.commands("x[::2]  ## a comment") == "x[::2]  ## a comment"
