"""The Markdown of briefs, hints and answers as lines for a terminal.

It knows what the bank's texts use: headings, paragraphs, lists, quotations, tables, fenced code, bold,
emphasis, code and links. A library that knows all of Markdown takes longer to load than `grader hint` may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_INLINE = re.compile(
    r"(?P<code>`+)(?P<in_code>.+?)(?P=code)|\*\*(?P<bold>.+?)\*\*|(?<![\w*])[*_](?P<em>[^\s*_][^*_]*?)[*_](?!\w)"
    r"|!?\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)"
)
_ITEM = re.compile(r"( *)([-*+]|\d{1,3}[.)]) +(.*)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_DIVIDER = re.compile(r"\|? *:?-+:? *(\| *:?-+:? *)*\|?")
_STYLES = {"bold": "\x1b[1m", "code": "\x1b[36m", "em": "\x1b[3m"}
_END = "\x1b[0m"

Word = tuple[str, str]  # what is seen, and what is printed
Block = tuple[str, list[str]]


def lines(markdown: str, width: int = 80, *, color: bool = False) -> Iterator[str]:
    """The text in lines of at most `width` columns; only code is never wrapped."""
    first = True
    for kind, content in _blocks(markdown.expandtabs(4).splitlines()):
        if not first:
            yield ""
        first = False
        yield from _RENDER[kind](content, width, color)


def _blocks(source: list[str]) -> Iterator[Block]:
    """Runs of lines that belong together."""
    position = 0
    while position < len(source):
        line = source[position]
        if not line.strip():
            position += 1
            continue
        kind = _kind(line, source[position + 1] if position + 1 < len(source) else "")
        end = _end(kind, source, position)
        yield kind, source[position:end]
        position = end


def _kind(line: str, following: str) -> str:
    if _FENCE.match(line):
        return "code"
    if re.match(r"#{1,6} ", line):
        return "heading"
    if line.lstrip().startswith(">"):
        return "quote"
    if "|" in line and _DIVIDER.fullmatch(following.strip()):
        return "table"
    return "list" if _ITEM.match(line) else "paragraph"


def _end(kind: str, source: list[str], start: int) -> int:
    position = start + 1
    if kind == "heading":
        return position
    if kind == "code":
        mark = _FENCE.match(source[start])
        assert mark is not None
        while position < len(source) and not source[position].strip().startswith(mark[1]):
            position += 1
        return min(position + 1, len(source))
    while position < len(source) and _goes_on(kind, source, start, position):
        position += 1
    return position


def _goes_on(kind: str, source: list[str], start: int, position: int) -> bool:
    line = source[position]
    if not line.strip():
        # A blank line ends all but a list whose next line is one of its own.
        after = source[position + 1] if position + 1 < len(source) else ""
        return kind == "list" and (_numbered(after) is _numbered(source[start]) or after.startswith("  "))
    if kind == "table":
        return "|" in line
    if kind in ("quote", "list"):
        return not re.match(r"#{1,6} |```|~~~", line)
    return _kind(line, source[position + 1] if position + 1 < len(source) else "") == "paragraph"


def _numbered(line: str) -> bool | None:
    """Whether an item of a list has a number; None for what is no item."""
    match = _ITEM.match(line)
    return match and match[2][0].isdigit()


def _heading(content: list[str], width: int, color: bool) -> Iterator[str]:
    title = content[0].lstrip("#").strip().rstrip("#").strip()
    for line in _wrapped(title, width, False):
        yield f"{_STYLES['bold']}{line}{_END}" if color else line


def _paragraph(content: list[str], width: int, color: bool) -> Iterator[str]:
    yield from _wrapped(" ".join(line.strip() for line in content), width, color)


def _quote(content: list[str], width: int, color: bool) -> Iterator[str]:
    inner = "\n".join(line.strip().removeprefix(">").removeprefix(" ") for line in content)
    for line in lines(inner, width - 2, color=color):
        yield f"| {line}".rstrip()


def _code(content: list[str], width: int, color: bool) -> Iterator[str]:
    closed = len(content) > 1 and _FENCE.match(content[-1])
    for line in content[1 : -1 if closed else None]:
        yield f"    {line}".rstrip()


def _list(content: list[str], width: int, color: bool) -> Iterator[str]:
    items: list[tuple[int, str, list[str]]] = []
    for line in content:
        match = _ITEM.match(line)
        if match:
            items.append((len(match[1]), match[2], [match[3]]))
        elif line.strip():
            items[-1][2].append(line.strip())
    for indent, mark, text in items:
        lead = f"{' ' * indent}{mark if mark[0].isdigit() else '-'} "
        for number, line in enumerate(_wrapped(" ".join(text), width - len(lead), color)):
            yield (lead if number == 0 else " " * len(lead)) + line


def _table(content: list[str], width: int, color: bool) -> Iterator[str]:
    rows = [_cells(line) for number, line in enumerate(content) if number != 1]
    columns = max(map(len, rows))
    rows = [row + [""] * (columns - len(row)) for row in rows]
    widths = _widths([[len(_seen(cell, color)) for cell in row] for row in rows], width - 2 * (columns - 1))
    for number, row in enumerate(rows):
        cells = [_words_of(cell, room, color) for cell, room in zip(row, widths, strict=True)]
        for depth in range(max(map(len, cells))):
            parts = [cell[depth] if depth < len(cell) else ("", "") for cell in cells]
            padded = (
                printed + " " * (room - len(seen))
                for (seen, printed), room in zip(parts, widths, strict=True)
            )
            yield "  ".join(padded).rstrip()
        if number == 0:
            yield "  ".join("-" * room for room in widths)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _widths(lengths: Sequence[Sequence[int]], room: int) -> list[int]:
    """As wide as the longest cell; where that is too much, the widest columns give way."""
    widths = [max(max(column), 1) for column in zip(*lengths, strict=True)]
    while sum(widths) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(text: str, width: int, color: bool) -> Iterator[str]:
    for _, printed in _words_of(text, width, color):
        yield printed


def _words_of(text: str, width: int, color: bool) -> list[Word]:
    """The text filled into lines, each as what is seen and what is printed."""
    found: list[Word] = []
    for seen, printed in _words(text, color):
        while len(seen) > width > 0 and seen == printed:
            found.append((seen[:width], seen[:width]))
            seen = printed = seen[width:]
        if found and len(found[-1][0]) + 1 + len(seen) <= width:
            found[-1] = (f"{found[-1][0]} {seen}", f"{found[-1][1]} {printed}")
        else:
            found.append((seen, printed))
    return found or [("", "")]


def _words(text: str, color: bool) -> Iterator[Word]:
    """Words with their styles; what has no space between belongs together."""
    seen, printed = "", ""
    for style, part in _spans(text, color):
        for number, piece in enumerate(re.split(r" +", part)):
            if number and seen:
                yield seen, printed
                seen, printed = "", ""
            seen += piece
            printed += f"{_STYLES[style]}{piece}{_END}" if style and piece else piece
    if seen:
        yield seen, printed


def _seen(text: str, color: bool) -> str:
    return "".join(part for _, part in _spans(text, color))


def _spans(text: str, color: bool) -> Iterator[tuple[str, str]]:
    """Parts of a line with their style. Without colour, code and emphasis keep their marks."""
    end = 0
    for match in _INLINE.finditer(text):
        yield "", text[end : match.start()]
        end = match.end()
        if match["text"] is not None:
            yield (
                "",
                match["text"] if match["target"].endswith(".md") else f"{match['text']} ({match['target']})",
            )
        elif not color:
            yield "", match["bold"] or match[0]
        else:
            style = "code" if match["in_code"] else "bold" if match["bold"] else "em"
            yield style, match["in_code"] or match["bold"] or match["em"]
    yield "", text[end:]


_RENDER = {
    "heading": _heading,
    "paragraph": _paragraph,
    "quote": _quote,
    "code": _code,
    "list": _list,
    "table": _table,
}
