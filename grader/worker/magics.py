"""Notebook source made plain Python: magics and shell commands neutralised, the rest untouched.

Only a line that Python itself cannot parse is ever looked at, so a line of a string that
happens to begin with "%" stays. Neutralised lines keep their place and indentation: line
numbers in messages are those of the notebook.
"""

from __future__ import annotations

import re

from .source import parsed

KEEP = frozenset({"time", "timeit", "capture", "prun", "memit", "mprun", "snakeviz", "pyinstrument"})
WRITE = frozenset({"writefile", "file"})
ATTEMPTS = 200  # magic lines per cell; each costs one parse

CELL = re.compile(r"%%(\w[\w.-]*)[ \t]*(.*)")
TIMED = re.compile(
    r"(\s*)%(?:time|timeit)\b((?:\s+(?:-[nrp]\s*\d+|-[tcqov]+\b|--[\w-]+))*)\s*(.*)", re.DOTALL
)
COMMAND = re.compile(r"\s*(?:[%!?]|(?:pip3?|conda|mamba|uv)\s+\w)")
HELP = re.compile(r"\s*[\w.%*\[\]'\"]+\?{1,2}\s*(?:#.*)?")
ASSIGNED = re.compile(r"(\s*[^=!%]+=\s*)([%!].*)", re.DOTALL)


def cell_magic(source: str) -> tuple[str, str, str] | None:
    """A cell that begins with `%%name arguments`: its name, arguments and the rest; else None.

    The rest has as many lines as the cell: those of the magic are empty.
    """
    body = source.lstrip()
    found = CELL.match(body)
    if found is None:
        return None
    before = source[: len(source) - len(body)].count("\n")
    rest = body.partition("\n")[2]
    return found[1], found[2].strip(), "\n" * (before + 1) + rest


def neutralise(source: str) -> str:
    """The source with the magic lines that Python cannot parse made harmless.

    `%time f()` becomes `f()`, `x = !ls` becomes `x = None`, other commands `pass`. Gives
    back what it reached when the line that fails is no magic: parsing that again raises
    the error to report.
    """
    for _ in range(ATTEMPTS):
        line = _failing_line(source)
        if line is None:
            return source
        lines = source.split("\n")
        if not 1 <= line <= len(lines):
            return source
        plain = _plain(lines[line - 1])
        if plain is None:
            return source
        _replace(lines, line - 1, plain)
        source = "\n".join(lines)
    return source


def _failing_line(source: str) -> int | None:
    try:
        parsed(source, "<cell>")
    except SyntaxError as error:
        return error.lineno
    except (ValueError, MemoryError, RecursionError):
        return None
    return None


def _plain(line: str) -> str | None:
    """What a magic line becomes; None for a line that is none."""
    if timed := TIMED.fullmatch(line):
        return timed[1] + (timed[3] or "pass")
    if COMMAND.match(line) or HELP.fullmatch(line):
        return line[: len(line) - len(line.lstrip())] + "pass"
    if assigned := ASSIGNED.fullmatch(line):
        timed = TIMED.fullmatch(assigned[2])
        return assigned[1] + ((timed and timed[3]) or "None")
    return None


def _replace(lines: list[str], index: int, plain: str) -> None:
    """Put `plain` in place of a line; a command that went on after a backslash goes whole."""
    whole = not plain.endswith("\\")
    while whole and lines[index].endswith("\\") and index + 1 < len(lines):
        lines[index], plain = plain, ""
        index += 1
    lines[index] = plain
