"""Where in a module mutations may be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import libcst as cst

from grader.proof.mutants.syntax import Site, called, names_in


def sites(module: cst.Module) -> Iterator[Site]:
    """Every node that decides an answer, in the order of the source.

    Left out are imports, annotations, decorators, class bases, docstrings, `__all__`, what only type
    checkers or a command line see, and the texts of errors.
    """
    modules = frozenset(_imported(module))
    bound: set[str] = set()
    for statement in module.body:
        yield from _walk(statement, Site(statement, modules=modules), bound)


def _imported(module: cst.Module) -> Iterator[str]:
    for statement in module.body:
        for small in statement.body if isinstance(statement, cst.SimpleStatementLine) else ():
            if isinstance(small, cst.Import):
                for alias in small.names:
                    yield alias.evaluated_name.partition(".")[0]
            elif isinstance(small, cst.ImportFrom) and small.module is not None:
                yield cst.Module(body=()).code_for_node(small.module).partition(".")[0]


def _walk(node: cst.CSTNode, site: Site, bound: set[str]) -> Iterator[Site]:
    """`site` is where `node` stands; `bound` grows as the names of a function are met."""
    if _is_left_out(node):
        return
    here = replace(site, node=node, bound=frozenset(bound))
    yield here
    below = replace(here, parents=(*here.parents, node))
    match node:
        case cst.FunctionDef():
            yield from _function(node, below)
            return
        case cst.ClassDef():
            below = replace(below, function=_joined(site.function, node.name.value))
            yield from _walk(node.body, below, set())
            return
        case cst.For() | cst.CompFor():
            bound |= set(names_in(node.target))
            below = replace(below, counters=below.counters | _counters(node))
        case cst.ListComp() | cst.SetComp() | cst.GeneratorExp() | cst.DictComp():
            # The element stands before the loop that binds its names.
            below = replace(below, counters=below.counters | _counters(node.for_in))
    for child in _children(node):
        yield from _walk(child, below, bound)
    if isinstance(node, cst.Assign):
        bound |= {name for target in node.targets for name in names_in(target.target)}
    elif isinstance(node, cst.AnnAssign | cst.NamedExpr):
        bound |= set(names_in(node.target))


def _function(node: cst.FunctionDef, site: Site) -> Iterator[Site]:
    inside = replace(site, function=_joined(site.function, node.name.value), counters=frozenset())
    params = [*node.params.posonly_params, *node.params.params, *node.params.kwonly_params]
    bound = {param.name.value for param in params}
    for param in params:
        if param.default is not None:
            yield from _walk(
                param.default, replace(inside, parents=(*inside.parents, node.params, param)), set()
            )
    yield from _walk(node.body, inside, bound)


def _joined(outer: str, name: str) -> str:
    return f"{outer}.{name}" if outer else name


def _children(node: cst.CSTNode) -> Iterable[cst.CSTNode]:
    match node:
        case cst.AnnAssign(value=value):
            return [] if value is None else [value]
        case cst.Raise() | cst.Assert():
            return []  # the text of an error is for people
        case cst.Attribute(value=value):
            return [value]
        case cst.Arg(value=value):
            return [value]
    return node.children


def _counters(node: cst.For | cst.CompFor) -> frozenset[str]:
    """The names that count up in a loop, comprehensions within it included."""
    found: set[str] = set()
    loop: cst.For | cst.CompFor | None = node
    while loop is not None:
        if isinstance(loop.iter, cst.Call):
            if called(loop.iter) == "range":
                found |= set(names_in(loop.target))
            elif called(loop.iter) == "enumerate" and isinstance(loop.target, cst.Tuple):
                found |= set(names_in(loop.target.elements[0].value))
        loop = loop.inner_for_in if isinstance(loop, cst.CompFor) else None
    return frozenset(found)


def _is_left_out(node: cst.CSTNode) -> bool:
    match node:
        case cst.Import() | cst.ImportFrom() | cst.Annotation() | cst.Decorator():
            return True
        case cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString() | cst.Ellipsis()):
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
            return name.startswith("__")
        case cst.If(test=test):
            text = cst.Module(body=()).code_for_node(test)
            return "TYPE_CHECKING" in text or "__name__" in text
    return isinstance(node, cst.BaseParenthesizableWhitespace | cst.TrailingWhitespace | cst.EmptyLine)
