"""Operators that change constants and positions."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from grader.proof.mutants.syntax import Site, called, integer, is_prose, shifted

# Another seed is not a fault, and how many processors work on it changes no answer.
NO_FAULT = frozenset({"random_state", "seed", "n_jobs", "strict", "stacklevel"})
_SEEDED = ("default_rng", "RandomState", "SeedSequence", "PCG64")
_SILENCED = ("errstate", "filterwarnings", "simplefilter", "catch_warnings")
_OWN = frozenset({"axis", "ddof"})  # see `axis` and `ddof` in calls.py


def number(site: Site) -> Iterator[cst.CSTNode]:
    """One more, one less, and 0."""
    node = site.node
    if not _can_differ(site) or site.keyword in _OWN:
        return
    if isinstance(node, cst.Integer):
        value = node.evaluated_value
        others = [value + 1, value - 1, *([0] if value > 1 else [])]
        yield from (_in_place(site, integer(other)) for other in others)
    elif isinstance(node, cst.Float):
        exact = node.evaluated_value
        for other in dict.fromkeys([exact + 1, exact - 1, 0.0]):
            if other != exact and abs(other) != float("inf"):
                yield _in_place(site, _real(other))


def word(site: Site) -> Iterator[cst.CSTNode]:
    """Another option or key. Texts for people are left alone: see `is_prose`."""
    node = site.node
    if not _can_differ(site):
        return
    if isinstance(node, cst.SimpleString):
        value = node.evaluated_value
        if isinstance(value, str) and not is_prose(value) and not node.quote.startswith(('"""', "'''")):
            end = len(node.value) - len(node.quote)
            yield node.with_changes(value=f"{node.value[:end]}_{node.value[end:]}")
    elif isinstance(node, cst.FormattedStringText) and node.value.strip() and not is_prose(node.value):
        yield node.with_changes(value=f"{node.value}_")


def name(site: Site) -> Iterator[cst.CSTNode]:
    """True for False and the reverse; 0 for None, but not in `is None`."""
    node = site.node
    if not isinstance(node, cst.Name) or not _can_differ(site) or isinstance(site.parent, cst.Attribute):
        return
    if node.value in ("True", "False"):
        yield node.with_changes(value="False" if node.value == "True" else "True")
    elif node.value == "None" and not isinstance(site.parent, cst.ComparisonTarget | cst.Return):
        yield cst.Integer("0", lpar=node.lpar, rpar=node.rpar)


def slice_bound(site: Site) -> Iterator[cst.CSTNode]:
    """Off by one at both bounds of a slice that are not numbers (numbers are changed as such)."""
    node = site.node
    if isinstance(node, cst.Slice):
        for field in ("lower", "upper"):
            bound = getattr(node, field)
            if isinstance(bound, cst.BaseExpression) and not _is_number(bound):
                yield node.with_changes(**{field: shifted(bound, 1)})
                yield node.with_changes(**{field: shifted(bound, -1)})


def stop(site: Site) -> Iterator[cst.CSTNode]:
    """Off by one at the bounds of `range` that are not numbers."""
    node = site.node
    if isinstance(node, cst.Call) and called(node) in ("range", "arange"):
        for at, arg in enumerate(node.args[:2]):
            if arg.keyword is None and not arg.star and not _is_number(arg.value):
                for by in (1, -1):
                    moved = arg.with_changes(value=shifted(arg.value, by))
                    yield node.with_changes(args=[*node.args[:at], moved, *node.args[at + 1 :]])


def index(site: Site) -> Iterator[cst.CSTNode]:
    """Off by one where a loop's counter is the index."""
    node = site.node
    if isinstance(node, cst.Index) and isinstance(node.value, cst.Name) and node.value.value in site.counters:
        yield node.with_changes(value=shifted(node.value, 1))
        yield node.with_changes(value=shifted(node.value, -1))


def _is_number(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.UnaryOperation):
        node = node.expression
    return isinstance(node, cst.BaseNumber)


def _can_differ(site: Site) -> bool:
    """Whether another value here could make an answer wrong."""
    if site.keyword in NO_FAULT or site.inside_call_of(*_SILENCED):
        return False
    return not (isinstance(site.parent, cst.Arg) and site.inside_call_of(*_SEEDED))


def _real(value: float) -> cst.BaseExpression:
    text = repr(abs(value))
    literal = cst.parse_expression(text)
    return cst.UnaryOperation(cst.Minus(), literal) if value < 0 else literal


def _in_place(site: Site, other: cst.BaseExpression) -> cst.BaseExpression:
    """With the parentheses of the old number, and some of its own where a sign would bind wrongly."""
    node, parent = site.node, site.parent
    assert isinstance(node, cst.BaseExpression)
    power = isinstance(parent, cst.BinaryOperation) and isinstance(parent.operator, cst.Power)
    signed = isinstance(other, cst.UnaryOperation)
    if signed and not node.lpar and (power or isinstance(parent, cst.UnaryOperation | cst.Attribute)):
        return other.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return other.with_changes(lpar=node.lpar, rpar=node.rpar)
