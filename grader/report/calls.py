"""The calls of a failed visible check as lines of text: what was given, what came back, what was expected.

Cells that differ stand between marks, so that nothing depends on colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells

from grader.model import CallShown, ValueShown
from grader.report.numbers import NUMBER

_NAMES = 16  # columns for the names of arguments


@dataclass(frozen=True, slots=True)
class Style:
    """How to write: at most `width` columns; `say` puts a text into the characters that the terminal has."""

    width: int
    say: Callable[[str], str] = str
    left: str = "\u25b8"
    right: str = "\u25c2"

    def cut(self, text: str, width: int) -> str:
        text, more = self.say(text), self.say("\u2026")
        return text if cell_len(text) <= width else chop_cells(text, max(1, width - len(more)))[0] + more


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the places (from, to) of its marked cells, in characters."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def lines(calls: Sequence[CallShown], style: Style, *, said: str = "") -> Iterator[Line]:
    """The last call, and the one that was compared, in full; of others that there was a call.

    `said` is what the reader has been told already: an exception that it names is not repeated.
    """
    for number, call in enumerate(calls):
        last = all(not following.call for following in calls[number + 1 :])
        if last or call.expected:
            yield from _call(call, style, said)
        else:
            names = ", ".join(value.name for value in call.given)
            yield Line(style.cut(f"earlier: {call.call}({names}) {_came_back(call)}", style.width))


def _call(call: CallShown, style: Style, said: str) -> Iterator[Line]:
    if call.call and call.given:
        yield Line(style.cut(f"{call.call} was given", style.width))
        room = min(_NAMES, max(cell_len(style.say(value.name)) for value in call.given))
        for value in call.given:
            yield from _value(value, style, room)
    head = "and " if call.given else f"{call.call} "
    if not call.call:
        yield from _compared(call, style, "the check compared:")
    elif call.raised:
        if call.raised not in said:
            yield Line(style.cut(f"{head}raised {call.raised}", style.width))
            for place in call.lines:
                yield Line(style.cut(f"  {place}", style.width))
    elif call.returned:
        yield from _compared(call, style, f"{head}returned")
    else:
        yield Line(style.cut(f"{head}did not answer", style.width))


def _compared(call: CallShown, style: Style, head: str) -> Iterator[Line]:
    pairs = zip(call.returned, call.expected, strict=False) if call.expected else ()
    if not call.expected or len(call.expected) != len(call.returned):
        yield from _parts(call.returned, style, head)
        if call.expected:
            yield from _parts(call.expected, style, "expected")
        return
    for ours, theirs in pairs:
        name = f" {ours.name}" if ours.name else ""
        if len(ours.cells) == len(theirs.cells) == 1 and ours.columns == theirs.columns:
            yield Line(style.cut(f"{head}{name} {_kind(ours, theirs)}", style.width))
            yield from _table(_together(ours, theirs), style)
        elif not ours.cells and not theirs.cells:
            yield Line(style.cut(f"{head}{name} {_words(ours)}, expected {_words(theirs)}", style.width))
        else:
            yield from _parts((ours,), style, head)
            yield from _parts((theirs,), style, "expected", first=_first(ours))


def _together(ours: ValueShown, theirs: ValueShown) -> ValueShown:
    """Two rows below each other."""
    return ValueShown(
        "",
        ours.kind,
        columns=ours.columns,
        index=("got", "expected"),
        cells=(*ours.cells, *theirs.cells),
        marked=ours.marked,
        left_out=ours.left_out,
    )


def _parts(values: Sequence[ValueShown], style: Style, head: str, first: int = 0) -> Iterator[Line]:
    for value in values:
        name = f" {value.name}" if value.name else ""
        yield Line(style.cut(f"{head}{name} {_words(value)}", style.width))
        yield from _table(value, style, first=first)


def _value(value: ValueShown, style: Style, room: int) -> Iterator[Line]:
    """An argument: on one line if it fits, else as a table below its name."""
    name = style.cut(value.name, room)
    lead = f"  {name}{' ' * (room - cell_len(name))}  "
    if _is_list(value):
        listed = f"{lead}{'  '.join(map(style.say, value.cells[0]))}{style.say(_more(value))}"
        kind = f"   {style.say(value.kind)}"
        if cell_len(listed) + cell_len(kind) <= style.width:
            yield Line(listed + kind)
            return
    yield Line(style.cut(f"{lead}{_words(value)}", style.width))
    yield from _table(value, style, indent=4)


def _is_list(value: ValueShown) -> bool:
    return len(value.cells) == 1 and all(label.isdecimal() for label in value.columns)


def _more(value: ValueShown) -> str:
    return f"  \u2026 {value.left_out[1]} more" if value.left_out[1] else ""


def _words(value: ValueShown) -> str:
    return value.value or value.kind


def _kind(ours: ValueShown, theirs: ValueShown) -> str:
    return ours.kind if ours.kind == theirs.kind else f"{ours.kind}, not {theirs.kind}"


def _came_back(call: CallShown) -> str:
    if call.raised:
        return f"raised {call.raised}"
    if not call.returned:
        return "did not answer"
    return f"returned {', '.join(filter(None, map(_words, call.returned))) or 'a value'}"


def _first(value: ValueShown) -> int:
    """The first column that differs."""
    return min((j for _, j in value.marked), default=0)


def _table(value: ValueShown, style: Style, indent: int = 2, first: int = 0) -> Iterator[Line]:
    """The cells by rows, as many columns as fit; the first that differs, or `first`, is among them."""
    if not value.cells:
        return
    header = [style.say(label) for label in value.columns] or [""] * len(value.cells[0])
    index = [style.say(label) for label in value.index] or [""] * len(value.cells)
    lead = max(map(cell_len, index))
    rows = [[style.cut(cell, style.width // 2) for cell in row] for row in value.cells]
    columns = [max(cell_len(header[j]), *(cell_len(row[j]) for row in rows)) + 2 for j in range(len(rows[0]))]
    kept = _fitting(columns, max(first, _first(value)), style.width - indent - lead - 2)
    if value.columns and not (len(columns) == 1 and not value.index):
        cells = [_padded(header[j], columns[j] - 2, right=_are_numbers(rows, j)) for j in kept]
        yield Line(f"{' ' * (indent + lead + 1)}{''.join(f' {cell} ' for cell in cells)}".rstrip())
    for i, row in enumerate(rows):
        yield _row(value, style, i, row, kept, columns, rows, f"{' ' * indent}{_padded(index[i], lead)} ")
    if note := _left_out(value, len(columns) - len(kept)):
        yield Line(style.cut(f"{' ' * indent}\u2026 {note}", style.width))


def _row(
    value: ValueShown,
    style: Style,
    number: int,
    row: Sequence[str],
    kept: range,
    columns: Sequence[int],
    rows: Sequence[Sequence[str]],
    lead: str,
) -> Line:
    text, marks = lead, []
    for j in kept:
        marked = (number, j) in value.marked
        cell = f"{style.left}{row[j]}{style.right}" if marked else f" {row[j]} "
        padded = _padded(cell, columns[j], right=_are_numbers(rows, j))
        if marked:
            start = len(text) + padded.index(style.left)
            marks.append((start, start + len(cell)))
        text += padded
    return Line(text.rstrip(), tuple(marks))


def _fitting(columns: Sequence[int], first: int, room: int) -> range:
    """The columns to show: from the beginning, or further on if `first` would not be among them."""
    start = 0
    while start < first and sum(columns[start : first + 1]) > room:
        start += 1
    end = start + 1
    while end < len(columns) and sum(columns[start : end + 1]) <= room:
        end += 1
    return range(start, end)


def _left_out(value: ValueShown, dropped: int) -> str:
    rows, columns = value.left_out[0], value.left_out[1] + dropped
    if len(value.cells) == 1 or value.index == ("got", "expected"):
        return f"{columns} more" if columns else ""
    counts = ((rows, "row"), (columns, "column"))
    return ", ".join(f"{count} more {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)


def _are_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    return all(NUMBER.fullmatch(row[column]) for row in rows)


def _padded(text: str, width: int, *, right: bool = False) -> str:
    room = " " * (width - cell_len(text))
    return f"{room}{text}" if right else f"{text}{room}"
