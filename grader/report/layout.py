"""Lines of a fixed width for a terminal: rows with a right-hand column, quotations behind a bar, rules.

Text goes into rich's Text, never through its markup. Without colour or Unicode the same lines come out plain.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from grader.model import CallShown
from grader.report import clean
from grader.report.calls import Style, lines

INDENT = 4  # where explanations below a row begin
_NARROWEST_TITLE = 14

_SPELT = str.maketrans(
    {
        "\u2026": "...",
        "\u00b7": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
    }
    | {"\u2014": "-", "\u00d7": "x", "\u00b2": "^2", "\u2212": "-", "\u2264": "<=", "\u2265": ">="}
)
_CARETS = re.compile(r"\s*[\^~]+\s*")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that a terminal can show. A mark is at most two columns wide."""

    good: str = "\u2713"
    bad: str = "\u2717"
    idle: str = "\u25cb"
    warn: str = "!"
    bar: str = "\u2502"
    staff: str = "\u2506"
    rule: str = "\u2500"
    full: str = "\u2501"
    empty: str = "\u2500"
    part: str = "\u2592"
    point: str = "\u25cf"
    tick_full: str = "\u253f"
    tick_empty: str = "\u253c"
    differs_left: str = "\u25b8"
    differs_right: str = "\u25c2"


ASCII = Glyphs("ok", "x", "-", "!", "|", ":", "-", "=", "-", "~", "o", "|", "|", ">", "<")


@dataclass
class Page:
    """Lines being laid out. `width` in columns; `unicode`: whether the terminal can show more than ASCII."""

    width: int
    unicode: bool = True
    lines: list[Text] = field(default_factory=list)

    @property
    def glyphs(self) -> Glyphs:
        """The signs to use on this page."""
        return Glyphs() if self.unicode else ASCII

    def say(self, text: str) -> str:
        """The text in the characters that the terminal has."""
        text = clean.commands(text)
        if self.unicode:
            return text
        return text.translate(_SPELT).encode("ascii", "backslashreplace").decode()

    def cut(self, text: str, width: int) -> str:
        """The beginning of the text, in at most `width` columns."""
        text = self.say(text)
        more = self.say("\u2026")
        return text if cell_len(text) <= width else chop_cells(text, width - len(more))[0] + more

    def blank(self) -> None:
        """An empty line, unless there is one or the page is empty."""
        if self.lines and self.lines[-1].plain:
            self.lines.append(Text())

    def rule(self) -> None:
        """A line across the page."""
        self.lines.append(Text(self.glyphs.rule * self.width, style="dim"))

    def paragraph(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Words, wrapped."""
        for line in self._wrapped(self.say(text), self.width - indent):
            self.lines.append(Text(" " * indent).append(line, style=style))

    def ends(self, left: str, right: str, left_style: str = "", right_style: str = "") -> None:
        """Two texts at either end of a line, or below each other where they do not fit."""
        left, right = self.say(left), self.say(right)
        gap = self.width - cell_len(left) - cell_len(right)
        if gap >= 2:
            self.lines.append(Text(left, style=left_style).append(" " * gap).append(right, style=right_style))
            return
        for text, style in ((left, left_style), (right, right_style)):
            self.paragraph(text, style=style)

    def row(
        self, mark: str, mark_style: str, title: str, right: str = "", *, indent: int = 1, style: str = ""
    ) -> None:
        """A mark, a title wrapped beside it, and figures in the right-hand column."""
        lead, right = indent + 3, self.say(right)
        room = self.width - lead - (cell_len(right) + 2 if right else 0)
        below = room < _NARROWEST_TITLE
        titles = self._wrapped(self.say(title), self.width - lead if below else room)
        for number, line in enumerate(titles):
            text = Text(" " * indent).append(f"{mark:3}" if number == 0 else "   ", style=mark_style)
            text.append(line, style=style)
            if right and number == 0 and not below:
                text.append(" " * (self.width - text.cell_len - cell_len(right))).append(right, mark_style)
            self.lines.append(text)
        if right and below:
            self.lines.append(Text(right.rjust(self.width), style=mark_style))

    def quote(self, text: str, *, indent: int = INDENT, style: str = "", bar: str = "") -> None:
        """Someone's words, line by line behind a bar, so that they cannot pass for the report's own."""
        bar = bar or self.glyphs.bar
        for line in self._quoted(self.say(text).expandtabs(4).split("\n"), self.width - indent - 2):
            self.lines.append(Text(" " * indent).append(bar, "dim").append(" ").append(line, style=style))

    def calls(self, calls: Sequence[CallShown], *, indent: int = INDENT, said: str = "") -> None:
        """What the candidate's code was given and what came back, behind a bar; see calls.py."""
        signs = self.glyphs
        style = Style(self.width - indent - 2, self.say, signs.differs_left, signs.differs_right)
        for line in lines(calls, style, said=said):
            shown = Text(line.text)
            for start, end in line.marks:
                shown.stylize("bold red", start, end)
            self.lines.append(Text(" " * indent).append(signs.bar, "dim").append(" ").append(shown))

    def text(self, color: bool) -> str:
        """The page; with `color`, in the terminal's own sixteen colours."""
        if not color:
            return "".join(f"{line.plain.rstrip()}\n" for line in self.lines)
        out = io.StringIO()
        console = _console(out)
        for line in self.lines:
            line.rstrip()
            console.print(line, soft_wrap=True)
        return out.getvalue()

    def _quoted(self, lines: list[str], width: int) -> Iterator[str]:
        skip = False
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            if skip:
                skip = False
            elif cell_len(line) <= width:
                yield line
            elif _CARETS.fullmatch(after):
                yield from _window(line, after.rstrip(), width, self.say("\u2026"))
                skip = True
            else:
                # Code keeps its indentation where it is wrapped.
                lead = " " * min(len(line) - len(line.lstrip()), width // 3)
                yield from (lead + one for one in self._wrapped(line.strip(), width - len(lead)))

    def _wrapped(self, text: str, width: int) -> list[str]:
        wrapped = Text(text).wrap(_console(io.StringIO()), max(width, 4), overflow="fold")
        return [line.plain.rstrip() for line in wrapped] or [""]


def _console(out: io.StringIO) -> Console:
    """A console that asks neither the environment nor the terminal."""
    return Console(
        file=out,
        force_terminal=True,
        force_jupyter=False,  # there it would show the lines by itself
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        width=10_000,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _window(line: str, carets: str, width: int, more: str) -> tuple[str, str]:
    """A long line of code and the carets below it, both cut to the part that the carets point at."""
    first = len(carets) - len(carets.lstrip())
    start = max(0, min(first - width // 3, len(line) - width))
    shown = line[start : start + width]
    if start:
        shown = more + shown[len(more) :]
    if start + width < len(line):
        shown = shown[: width - len(more)] + more
    return shown, carets[start : start + width]
