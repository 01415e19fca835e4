"""Operators that delete statements, or leave a loop in another way."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from grader.proof.mutants.syntax import Site, names_in


def deleted(site: Site) -> Iterator[cst.CSTNode]:
    """`pass` instead of a statement whose work may be forgotten.

    That is `raise`, `x += 1`, a call for its effect, and an assignment to an item, an attribute or a name
    that has a value already. The first assignment to a name is kept: without it nothing would run.
    """
    node = site.node
    match node:
        case cst.Raise() | cst.AugAssign() | cst.Assert() | cst.Del():
            yield cst.Pass()
        case cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString() | cst.Ellipsis()):
            return
        case cst.Expr():
            yield cst.Pass()
        case cst.Assign(targets=targets) if site.function and all(_is_bound(one, site) for one in targets):
            yield cst.Pass()


def _is_bound(target: cst.AssignTarget, site: Site) -> bool:
    if isinstance(target.target, cst.Subscript):
        return True
    if isinstance(target.target, cst.Attribute):
        return not site.function.endswith("__init__")  # it is the first there
    names = set(names_in(target.target))
    return bool(names) and names <= site.bound


def loop_exit(site: Site) -> Iterator[cst.CSTNode]:
    """`break` for `continue` and the reverse."""
    if isinstance(site.node, cst.Break):
        yield cst.Continue()
    elif isinstance(site.node, cst.Continue):
        yield cst.Break()
