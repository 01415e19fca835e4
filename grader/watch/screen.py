"""The terminal: one page at a time, and a last line with the keys or with what is being done."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from grader.report.layout import Page

KEYS = "n next  h hint  g grade  c check  l list  r reset  q quit  ? help"
_CLEAR = "\x1b[H\x1b[2J"
_CLEAR_LINE = "\r\x1b[2K"
_LOWEST, _NARROWEST, _WIDEST = 14, 40, 100


@dataclass
class Screen:
    """Writes to `stream`. `whole`: it is a terminal that can be cleared, so that each page replaces the last.

    Otherwise the pages follow each other, without a last line.
    """

    stream: TextIO
    whole: bool
    color: bool
    unicode: bool

    @classmethod
    def of(cls, stream: TextIO, look: Mapping[str, object], environment: Mapping[str, str]) -> Screen:
        """The screen for a stream; `look` is what the terminal renderer would be told."""
        whole = stream.isatty() and environment.get("TERM", "") not in ("", "dumb")
        return cls(stream, whole, bool(look["color"]), bool(look["unicode"]))

    @property
    def size(self) -> tuple[int, int]:
        """Columns, and lines that a page may have besides the last line."""
        columns, lines = shutil.get_terminal_size((80, 24)) if self.whole else (80, 25)
        return max(_NARROWEST, min(columns, _WIDEST)), max(_LOWEST, lines) - 1

    def page(self) -> Page:
        """An empty page of the screen's width."""
        return Page(self.size[0], self.unicode)

    def show(self, text: str, last: str = KEYS) -> None:
        """Show a page that ends with a newline, and the last line."""
        if self.whole:
            # In one piece, so that nothing flickers.
            self._write(f"{_CLEAR}{text}{self._last(last)}")
        else:
            self._write(f"{text}\n")

    def status(self, last: str) -> None:
        """Replace the last line."""
        if self.whole:
            self._write(f"{_CLEAR_LINE}{self._last(last)}")

    def leave(self) -> None:
        """Put the cursor where a shell's prompt may follow."""
        if self.whole:
            self._write(_CLEAR_LINE)

    def _last(self, text: str) -> str:
        text = self.page().cut(text, self.size[0] - 1)
        return f"\x1b[2m{text}\x1b[0m" if self.color else text

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
