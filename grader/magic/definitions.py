"""What a session has defined, as a notebook that holds nothing else.

Somebody who works in a notebook plots, tries and trains between the functions that are asked for. What is
checked is a slice of the cells that were run: the last definition of each function that the brief names, and
what these need, directly or through others: imports, helpers, constants. What only shows is left out.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.model import Cell
from grader.worker.magics import KEEP, cell_magic, neutralise


@dataclass(frozen=True, slots=True)
class _Statement:
    """A top-level statement: names that it binds, that it may need, and whose objects it changes."""

    cell: int
    lines: range  # in the cell's source, from 0
    binds: frozenset[str]
    needs: frozenset[str]
    changes: frozenset[str]
    always: bool  # `from __future__ import ...` and `from x import *`


def definitions(
    history: Iterable[tuple[int, str]], wanted: Sequence[str], alive: Callable[[str], bool]
) -> tuple[Cell, ...]:
    """The cells of `history` (number, source as typed), in order, cut down to what defines `wanted`.

    Lines that were left out are empty, so that line numbers stay. A name that is not `alive` any more counts
    as not defined. Nothing, if none of `wanted` is defined.
    """
    sources: dict[int, str] = {}
    statements: list[_Statement] = []
    for number, typed in history:
        source = _plain(typed)
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue  # it never ran
        sources[number] = source
        statements += _statements(tree, source, number)
    bound = [name for name in wanted if alive(name) and any(name in one.binds for one in statements)]
    if not bound:
        return ()
    kept = _needed(statements, bound, alive)
    return tuple(_cells([statements[place] for place in sorted(kept)], sources))


def _plain(typed: str) -> str:
    """The source without what only IPython understands."""
    magic = cell_magic(typed)
    if magic is not None:
        name, _, rest = magic
        if name not in KEEP:
            return ""
        typed = rest
    return neutralise(typed.replace("\r\n", "\n").replace("\r", "\n"))


def _statements(tree: ast.Module, source: str, number: int) -> Iterator[_Statement]:
    lines = source.split("\n")
    for node in tree.body:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))]) - 1
        span = range(first, node.end_lineno or node.lineno)
        try:
            table = symtable.symtable("\n".join(lines[span.start : span.stop]), "cell", "exec")
        except (SyntaxError, ValueError, RecursionError):
            continue
        binds = frozenset(
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_assigned() or symbol.is_imported()
        )
        star = isinstance(node, ast.ImportFrom) and (node.module == "__future__" or node.names[0].name == "*")
        yield _Statement(number, span, binds, frozenset(_globals(table)), frozenset(_changed(node)), star)


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    """The module's names that a scope reads, with those of the scopes in it."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (top or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals(child)


def _changed(node: ast.stmt) -> Iterator[str]:
    """The names in `table["x"] = 1` and `model.rate = 2`: the object is changed, the name not bound."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign | ast.Delete):
        targets = list(node.targets)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        inner = target
        while isinstance(inner, ast.Subscript | ast.Attribute):
            inner = inner.value
        if inner is not target and isinstance(inner, ast.Name):
            yield inner.id


def _needed(
    statements: Sequence[_Statement], wanted: Sequence[str], alive: Callable[[str], bool]
) -> set[int]:
    """The places of the statements that define `wanted` and what these need."""
    kept = {place for place, one in enumerate(statements) if one.always}
    todo = [place for name in wanted for place in _binding(statements, name, len(statements), alive)]
    while todo:
        place = todo.pop()
        if place in kept:
            continue
        kept.add(place)
        for name in statements[place].needs:
            # What runs now needs the value of that time; what runs when it is called, the last one.
            todo += _binding(statements, name, len(statements), alive)
            todo += _binding(statements, name, place, alive)
        names = frozenset().union(*(statements[one].binds for one in kept))
        todo += [
            number for number, one in enumerate(statements) if number not in kept and one.changes & names
        ]
    return kept


def _binding(
    statements: Sequence[_Statement], name: str, before: int, alive: Callable[[str], bool]
) -> list[int]:
    """Where the name is bound last, before a place."""
    if not alive(name):
        return []
    return next(([place] for place in range(before - 1, -1, -1) if name in statements[place].binds), [])


def _cells(statements: Sequence[_Statement], sources: dict[int, str]) -> Iterator[Cell]:
    for number, source in sources.items():
        shown = {line for one in statements if one.cell == number for line in one.lines}
        if shown:
            lines = [line if place in shown else "" for place, line in enumerate(source.split("\n"))]
            yield Cell(number, "\n".join(lines).rstrip("\n") + "\n")
