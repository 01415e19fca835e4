"""Numbers that hidden checks hold and a visible file shows.

What counts: a literal number with six or more significant digits, and a list of four or more literal numbers
that is not a plain count. A candidate who finds either in a visible file can answer a hidden check without
computing anything.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from grader.proof.sources import parse

DIGITS = 6
ITEMS = 4
VISIBLE = ("README.md", "hints.md", "starter/solution.py", "checks/visible/*.py")
_NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w])")
_SEPARATORS = re.compile(r"[\s,;|()\[\]]*")


def shown(root: Path) -> Iterator[tuple[str, str]]:
    """The hidden file and line of each, with what is shown where. Raises ChallengeError."""
    texts = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for pattern in VISIBLE
        for path in sorted(root.glob(pattern))
    }
    rows = {name: list(_rows(text)) for name, text in texts.items()}
    for path in sorted((root / "checks" / "hidden").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        for line, numbers in _literals(parse(path), source):
            for name, found in rows.items():
                if any(_inside(numbers, row) for row in found):
                    text = ", ".join(f"{number:.10g}" for number in numbers[:6])
                    yield f"checks/hidden/{path.name}:{line}", f"{text} also stands in {name}"
                    break


def _rows(text: str) -> Iterator[list[float]]:
    """Numbers that follow each other with nothing but separators between."""
    row: list[float] = []
    end = 0
    for match in _NUMBER.finditer(text):
        if row and not _SEPARATORS.fullmatch(text, end, match.start()):
            yield row
            row = []
        row.append(float(match[0]))
        end = match.end()
    if row:
        yield row


def _inside(numbers: list[float], row: list[float]) -> bool:
    width = len(numbers)
    return any(row[at : at + width] == numbers for at in range(len(row) - width + 1))


def _literals(tree: ast.Module, source: str) -> Iterator[tuple[int, list[float]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is float:
            text = ast.get_source_segment(source, node) or ""
            if len(re.sub(r"[eE].*|\D", "", text).strip("0")) >= DIGITS:
                yield node.lineno, [node.value]
        elif isinstance(node, ast.List | ast.Tuple):
            numbers = list(_numbers(node))
            if len(numbers) >= ITEMS and None not in numbers:
                plain = [number for number in numbers if number is not None]
                if not _counts(plain):
                    yield node.lineno, plain


def _numbers(node: ast.expr) -> Iterator[float | None]:
    """The numbers of a nested list of literals; None for anything else in it."""
    if isinstance(node, ast.List | ast.Tuple):
        for item in node.elts:
            yield from _numbers(item)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        for number in _numbers(node.operand):
            yield None if number is None else -number
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield float(node.value)  # type: ignore[arg-type]
    else:
        yield None


def _counts(numbers: list[float]) -> bool:
    """Whether the list is one of few different values, or goes up or down in equal steps."""
    steps = {round(after - before, 12) for before, after in itertools.pairwise(numbers)}
    return len(set(numbers)) < 3 or len(steps) == 1
