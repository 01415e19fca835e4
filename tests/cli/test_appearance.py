from __future__ import annotations

import io

import pytest

from grader.cli.appearance import of, print_anywhere


class Stream(io.TextIOWrapper):
    """A stream that may say that it is a terminal."""

    def __init__(self, terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("terminal", "environment", "color"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_unless_the_reader_says_otherwise(
    terminal: bool, environment: dict[str, str], color: bool
) -> None:
    assert of(Stream(terminal), environment)["color"] is color


@pytest.mark.parametrize(
    ("encoding", "unicode"), [("utf-8", True), ("UTF-16", True), ("ascii", False), ("latin-1", False)]
)
def test_only_unicode_streams_are_sent_unicode(encoding: str, unicode: bool) -> None:
    assert of(Stream(False, encoding), {})["unicode"] is unicode


def test_a_file_is_eighty_columns_wide() -> None:
    assert of(Stream(False), {})["width"] == 80


def test_the_width_of_a_terminal_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "47")
    assert of(Stream(True))["width"] == 47


@pytest.mark.parametrize(
    ("encoding", "printed"), [("ascii", b'"x" ... <= ?\n'), ("latin-1", b'"x" ... <= ?\n'), ("utf-8", None)]
)
def test_signs_that_a_stream_cannot_encode_are_printed_plainer(encoding: str, printed: bytes | None) -> None:
    text = "\u201cx\u201d \u2026 \u2264 \u2713\n"
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    print_anywhere(stream)
    stream.write(text)
    stream.flush()
    assert raw.getvalue() == (printed if printed is not None else text.encode())
