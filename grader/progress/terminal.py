"""Progress as lines for a terminal: figures, an activity strip, bars, and a row for each challenge."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import click

from grader.progress import words
from grader.progress.days import level, weeks
from grader.progress.summary import Group, Line, Progress

WEEKS = 12
NARROWEST = 44
_BAR = 20
_DAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_COLORS = {"solved": "green", "tried": "yellow", "started": "yellow"}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that a terminal can show. `levels` are from nothing done to much."""

    levels: str = "·░▒▓█"
    full: str = "█"
    empty: str = "░"
    good: str = "✓"
    more: str = "…"
    dot: str = "·"


ASCII = Glyphs(".:+*#", "#", ".", "*", "...", "-")


@dataclass(frozen=True, slots=True)
class Look:
    """What the terminal can show: `width` in columns."""

    width: int = 80
    color: bool = False
    unicode: bool = True

    @property
    def glyphs(self) -> Glyphs:
        return Glyphs() if self.unicode else ASCII

    def paint(self, text: str, **style: str | bool) -> str:
        """The text in a style, where there is colour."""
        return click.style(text, **style) if self.color else text  # type: ignore[arg-type]


def render(progress: Progress, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """The progress as text, of at most `width` columns (44 or more)."""
    look = Look(max(width, NARROWEST), color, unicode)
    head = f" {look.glyphs.dot} ".join(words.headline(progress))
    lines = [
        *(look.paint(line, bold=True) for line in _wrapped(head, look)),
        *_wrapped(words.streak(progress), look),
        "",
        *_beside(list(_strip(progress, look)), list(_bars(progress.difficulties, look)), look.width),
        "",
        *_bars(progress.topics, look),
    ]
    if progress.lines:
        lines += ["", *_table(progress.lines, look)]
    if not progress.attempts:
        lines += ["", *_wrapped("Nothing has been graded yet. `grader list` shows the challenges.", look)]
    if absent := words.absent(progress):
        lines += ["", *_wrapped(absent, look)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _wrapped(text: str, look: Look) -> list[str]:
    return textwrap.wrap(text, look.width, break_on_hyphens=False)


def _strip(progress: Progress, look: Look) -> Iterator[str]:
    """A column for each week and a row for each weekday, under the names of the months."""
    shown = weeks(progress.today, WEEKS)
    most = max((progress.days.get(day, 0) for week in shown for day in week), default=0)
    yield look.paint("    " + _months(shown).ljust(2 * WEEKS), dim=True)
    for number, name in enumerate(_DAYS):
        cells = [_cell(progress, week[number], most, look) for week in shown]
        yield look.paint(f"{name:4}", dim=True) + "".join(cells)


def _cell(progress: Progress, day: date, most: int, look: Look) -> str:
    if day > progress.today:
        return "  "
    reached = level(progress.days.get(day, 0), most)
    text = look.glyphs.levels[reached] * 2
    return look.paint(text, fg="green") if reached else look.paint(text, dim=True)


def _months(shown: Sequence[Sequence[date]]) -> str:
    """The months' names above their first week; the first only where there is room for it."""
    line = ""
    before = None
    for number, week in enumerate(shown):
        month = week[-1].strftime("%b")
        if month != before and len(line) <= 2 * number:
            line = line.ljust(2 * number) + month
        before = month
    return line


def _bars(groups: Sequence[Group], look: Look) -> Iterator[str]:
    """A bar for each group; the time beside it where there is room."""
    wide = max((len(group.name) for group in groups), default=0)
    length = min(_BAR, look.width - wide - 9)
    for group in groups:
        done = round(length * group.solved / group.total) if group.total else 0
        done = max(done, 1) if group.solved else 0
        bar = look.paint(look.glyphs.full * done, fg="green")
        bar += look.paint(look.glyphs.empty * (length - done), dim=True)
        spent = f"  {words.duration(group.seconds)}" if group.seconds else ""
        if wide + length + 9 + len(spent) > look.width:
            spent = ""
        count = f"{group.solved}/{group.total}"
        yield f"{group.name:{wide}}  {bar}  {count:>5}{look.paint(spent, dim=True)}"


def _beside(left: Sequence[str], right: Sequence[str], width: int) -> Iterator[str]:
    """Two blocks next to each other, or below each other where that is too wide."""
    lefts = max(len(click.unstyle(line)) for line in left)
    rights = max((len(click.unstyle(line)) for line in right), default=0)
    if lefts + 3 + rights > width:
        yield from (*left, "", *right)
        return
    for number, line in enumerate(left):
        beside = right[number - 2] if 2 <= number < len(right) + 2 else ""
        yield line + " " * (lefts + 3 - len(click.unstyle(line))) + beside


def _table(lines: Sequence[Line], look: Look) -> Iterator[str]:
    """A row for each challenge, with its metrics below it; as many columns as there is room for."""
    cells = [("challenge", "state", "best", "attempts", "hints", "time"), *map(_cells, lines)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > look.width:
        widths.pop()
    heading, *rows = (_row(row, widths) for row in cells)
    yield look.paint(heading, dim=True)
    for line, row in zip(lines, rows, strict=True):
        label = line.state.label
        if label in _COLORS:
            place = widths[0] + 2
            row = row[:place] + look.paint(label, fg=_COLORS[label]) + row[place + len(label) :]
        yield row
        for passed, reached, measured in words.best(line):
            mark = look.paint(look.glyphs.good, fg="green") if passed else " "
            yield f"  {mark} {look.paint(_cut(f'{reached}  {measured}', look), dim=True)}"


def _cells(line: Line) -> tuple[str, str, str, str, str, str]:
    state = line.state
    return (
        line.challenge.slug,
        state.label,
        words.share(state.best),
        str(state.attempts or ""),
        str(state.hints or ""),
        words.duration(line.seconds) if line.seconds else "",
    )


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Words to the left, numbers to the right."""
    aligned = [
        text.rjust(width) if 2 <= number <= 4 else text.ljust(width)
        for number, (text, width) in enumerate(zip(cells, widths, strict=False))
    ]
    return "  ".join(aligned)


def _cut(text: str, look: Look) -> str:
    if not look.unicode:
        text = text.replace("²", "^2").encode("ascii", "replace").decode()
    more = look.glyphs.more
    room = look.width - 4
    return text if len(text) <= room else text[: room - len(more)].rstrip() + more
