"""The calls of a failed visible check as HTML tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from grader.model import CallShown, ValueShown
from grader.report.numbers import NUMBER

Text = Callable[[str], str]  # escapes

STYLE = """
.grader .call { margin: .5rem 0 .5rem 2rem; padding: .5rem .8rem; background: var(--panel);
  border-radius: .4rem; font-size: .85rem }
.grader .call p { margin: .35rem 0 .15rem }
.grader .call code { font: .85rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere }
.grader .scroll { overflow-x: auto }
.grader .call table { border-collapse: collapse; margin: .15rem 0 .35rem 1rem; width: auto; font: .8rem/1.4
  ui-monospace, monospace; color: inherit; background: none; border: 0 }
.grader .call tr { background: none !important }
.grader .call th, .grader .call td { padding: .1rem .5rem; text-align: right; white-space: pre;
  border: 1px solid var(--line); font-size: inherit; max-width: none }
.grader .call th { font-weight: 400; color: var(--soft) }
.grader .call td.words, .grader .call th:first-child { text-align: left }
.grader .call td.differs { color: var(--bad); font-weight: 700; outline: 2px solid currentColor;
  outline-offset: -2px }
"""


def calls(shown: tuple[CallShown, ...], text: Text, *, said: str = "") -> Iterator[str]:
    """Each call with its arguments and what came back. An exception that is in `said` is not repeated."""
    for call in shown:
        yield '<div class="call">'
        if call.given:
            yield f"<p><code>{text(call.call)}</code> was given</p>"
            for value in call.given:
                yield from _value(value, text, f"<code><b>{text(value.name)}</b></code>")
        yield from _answer(call, text, said)
        yield "</div>"


def _answer(call: CallShown, text: Text, said: str) -> Iterator[str]:
    head = "and" if call.given else f"<code>{text(call.call)}</code>"
    if call.raised:
        told = call.raised in said
        raised = call.raised.partition(":")[0] if told else call.raised
        yield f"<p>{head} raised <code>{text(raised)}</code></p>"
        if not told:
            yield from (f"<p><code>{text(line)}</code></p>" for line in call.lines)
    elif not call.returned:
        yield f"<p>{head} did not answer</p>"
    elif len(call.returned) == len(call.expected):
        pairs = zip(call.returned, call.expected, strict=True)
        for ours, theirs in pairs:
            yield from _pair(ours, theirs, text, f"{head} returned" if call.call else "the check compared")
    else:
        for value in call.returned:
            yield from _value(value, text, f"{head} returned{_named(value, text)}")
        for value in call.expected:
            yield from _value(value, text, f"expected{_named(value, text)}")


def _pair(ours: ValueShown, theirs: ValueShown, text: Text, head: str) -> Iterator[str]:
    """What came back and what was expected: single rows in one table, so that they can be compared."""
    if len(ours.cells) == len(theirs.cells) == 1 and ours.columns == theirs.columns:
        both = replace(ours, index=("got", "expected"), cells=(*ours.cells, *theirs.cells))
        yield from _value(both, text, f"{head}{_named(ours, text)}")
        return
    yield from _value(ours, text, f"{head}{_named(ours, text)}")
    yield from _value(theirs, text, f"expected{_named(theirs, text)}")


def _named(value: ValueShown, text: Text) -> str:
    return f" <code>{text(value.name)}</code>" if value.name else ""


def _value(value: ValueShown, text: Text, head: str) -> Iterator[str]:
    words = f"<code>{text(value.value)}</code>" if value.value else text(value.kind)
    rows, columns = value.left_out
    counts = ((rows, "row"), (columns, "column"))
    more = ", ".join(f"{count} more {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)
    yield f"<p>{head} {words}{f' <span class=soft>({more})</span>' if more else ''}</p>"
    if not value.cells:
        return
    yield '<div class="scroll"><table>'
    # Positions above a single row say nothing that one could not count.
    if value.columns and not (len(value.cells) == 1 and all(label.isdecimal() for label in value.columns)):
        corner = "<th></th>" if value.index else ""
        yield f"<tr>{corner}{''.join(f'<th>{text(label)}</th>' for label in value.columns)}</tr>"
    for number, row in enumerate(value.cells):
        label = f"<th>{text(value.index[number])}</th>" if value.index else ""
        cells = "".join(_cell(text(cell), (number, j) in value.marked) for j, cell in enumerate(row))
        yield f"<tr>{label}{cells}</tr>"
    yield "</table></div>"


def _cell(text: str, differs: bool) -> str:
    """A cell that differs has signs as well, for those who do not see the colour."""
    kind = "" if NUMBER.fullmatch(text) else " words"
    if differs:
        return f'<td class="differs{kind}">\u25b8{text}\u25c2</td>'
    return f'<td class="{kind.strip()}">{text}</td>' if kind else f"<td>{text}</td>"
