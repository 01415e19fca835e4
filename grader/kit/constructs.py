"""What a source is made of, by its syntax tree: nothing runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Constructs:
    """Counts and names.

    `lines` leaves out comments, blank lines and docstrings; `nested` is the depth of loops in loops; `calls`
    are those of what was imported, such as `np.bincount`, in alphabetical order.
    """

    lines: int
    loops: int
    nested: int
    comprehensions: int
    functions: int
    classes: int
    imports: tuple[str, ...]
    calls: tuple[str, ...]


def constructs(source: str) -> Constructs | None:
    """What the source is made of; None if it is not Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    nodes = list(ast.walk(tree))
    names = dict(_imported(tree))
    return Constructs(
        lines=sum(map(bool, ast.unparse(_without_docstrings(ast.parse(source))).splitlines())),
        loops=sum(isinstance(node, _LOOPS) for node in nodes),
        nested=_depth(tree),
        comprehensions=sum(isinstance(node, _COMPREHENSIONS) for node in nodes),
        functions=sum(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in nodes),
        classes=sum(isinstance(node, ast.ClassDef) for node in nodes),
        imports=tuple(sorted({module.partition(".")[0] for module in names.values()} - {"__future__"})),
        calls=tuple(sorted(set(_calls(nodes, names)))),
    )


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each name that an import binds, with the module it stands for or comes from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], alias.name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, node.module or ""


def _calls(nodes: list[ast.AST], names: dict[str, str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call):
            dotted = _dotted(node.func)
            if dotted and dotted[0] in names:
                yield ".".join(dotted)


def _dotted(node: ast.expr) -> tuple[str, ...]:
    """`np.linalg.norm` as its three names; empty for anything else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return (*before, node.attr)
    return ()


def _depth(node: ast.AST) -> int:
    inner = max((_depth(child) for child in ast.iter_child_nodes(node)), default=0)
    return inner + isinstance(node, _LOOPS)


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, (*_DEFINITIONS, ast.Module)) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree
