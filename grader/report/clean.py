"""Text that a candidate wrote, made safe to print: stripped, bounded, and escaped for a format.

`strip`, `text` and `line` are for every format and are applied to the whole report before a renderer sees
it (redact.py). What is particular to one format (`xml`, `commands`) is applied by its renderer. All are
idempotent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_BYTES = 4096
MAX_LINES = 60
MAX_WIDTH = 300
LEFT_OUT = "[part left out]"
_STACKED_MARKS = 4  # combining marks on one letter; more of them paint over the lines above

# An escape sequence goes as a whole, so that what is left is the words and not "[31m". ECMA-48: control
# strings (OSC, DCS, SOS, PM, APC) up to their terminator or the line's end, control sequences (CSI), then
# shorter escapes.
_SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Letters by category, but drawn as nothing: the Hangul fillers, the combining grapheme joiner, and the
# supplementary variation selectors, which can carry hidden text.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U000e0100-\U000e01ef]")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What continuous integration reads as commands in a log: `::name::` at the start of a line (GitHub),
# `##[name]`, `##vso[` (Azure) and `##teamcity[` anywhere.
_LINE_COMMAND = re.compile(r"^([ \t]*)::", re.MULTILINE)
_HASH_COMMAND = re.compile(r"##(?=\[|vso\[|teamcity\[)", re.IGNORECASE)


def strip(value: str) -> str:
    """Without escape sequences, control characters, and bidirectional and zero-width characters.

    Newlines and tabs stay; other line ends become newlines; a lone surrogate becomes U+FFFD.
    """
    value = _LINE_ENDS.sub("\n", _SEQUENCES.sub("", value))
    if value.isascii() and value.replace("\n", "").replace("\t", "").isprintable():
        return value
    return _unstacked("".join(map(_shown, _INVISIBLE.sub("", value))))


def text(
    value: str, *, max_bytes: int = MAX_BYTES, max_lines: int = MAX_LINES, max_width: int = MAX_WIDTH
) -> str:
    """Several lines, stripped and bounded. Where a part is left out, a line says so; both ends are kept.

    `max_bytes` counts UTF-8 and must leave room for a line at each end (at least 100 bytes).
    """
    # Whatever is kept comes from the ends, so the middle of a giant need not be looked at.
    reach = 8 * max_bytes
    if len(value) > 3 * reach:
        value = value[:reach] + "\n" + value[-reach:]
    lines = [_cut(one.rstrip(), max_width) for one in strip(value).strip("\n").split("\n")]
    if _fits(lines, max_bytes, max_lines):
        return "\n".join(lines).strip("\n")
    room = max_bytes - 40
    tail = _within(reversed(lines), room // 3, max_lines // 3)[::-1]
    head = _within(iter(lines), room - _size(tail), max_lines - len(tail) - 1)
    return "\n".join([*head, LEFT_OUT, *tail]).strip("\n")


def line(value: str, max_width: int = 200) -> str:
    """One line, stripped and bounded in characters: for names and titles."""
    return _cut(" ".join(strip(value[: 8 * max_width]).split()), max_width)


def xml(value: str) -> str:
    """Without the characters that XML 1.0 forbids, which no escaping can express."""
    return _NOT_XML.sub("", value)


def commands(value: str) -> str:
    """With the commands that continuous integration finds in a log made harmless by a space."""
    return _HASH_COMMAND.sub("# #", _LINE_COMMAND.sub(r"\1: :", value))


def _shown(char: str) -> str:
    if char in "\n\t":
        return char
    match unicodedata.category(char):
        case "Cc" | "Cf":
            return ""
        case "Cs":
            return "\ufffd"
        case "Zs":
            return " "
    return "" if ord(char) & 0xFFFE == 0xFFFE else char  # the last two of every plane are no characters


def _unstacked(value: str) -> str:
    kept, marks = [], 0
    for char in value:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= _STACKED_MARKS:
            kept.append(char)
    return "".join(kept)


def _cut(value: str, width: int) -> str:
    return value if len(value) <= width else value[: width - 1].rstrip() + "\u2026"


def _size(lines: list[str]) -> int:
    return sum(len(one.encode()) + 1 for one in lines)


def _fits(lines: list[str], max_bytes: int, max_lines: int) -> bool:
    return len(lines) <= max_lines and _size(lines) <= max_bytes + 1


def _within(lines: Iterable[str], room: int, count: int) -> list[str]:
    """As many of the lines, from the first, as fit."""
    kept: list[str] = []
    for one in lines:
        size = len(one.encode()) + 1
        if len(kept) == count or size > room:
            break
        kept.append(one)
        room -= size
    return kept
