"""Operators that change arithmetic, comparisons and conditions."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from grader.proof.mutants.syntax import Site

_ARITHMETIC: dict[type[cst.CSTNode], type[cst.CSTNode]] = {
    cst.Add: cst.Subtract,
    cst.Subtract: cst.Add,
    cst.Multiply: cst.Divide,
    cst.Divide: cst.Multiply,
    cst.FloorDivide: cst.Divide,
    cst.Modulo: cst.FloorDivide,
    cst.Power: cst.Multiply,
    cst.MatrixMultiply: cst.Multiply,
    cst.BitAnd: cst.BitOr,
    cst.BitOr: cst.BitAnd,
    cst.BitXor: cst.BitOr,
    cst.LeftShift: cst.RightShift,
    cst.RightShift: cst.LeftShift,
    cst.AddAssign: cst.SubtractAssign,
    cst.SubtractAssign: cst.AddAssign,
    cst.MultiplyAssign: cst.DivideAssign,
    cst.DivideAssign: cst.MultiplyAssign,
    cst.FloorDivideAssign: cst.DivideAssign,
    cst.BitAndAssign: cst.BitOrAssign,
    cst.BitOrAssign: cst.BitAndAssign,
}

# The first is the boundary, the second the other direction.
_COMPARISONS: dict[type[cst.CSTNode], tuple[type[cst.CSTNode], ...]] = {
    cst.LessThan: (cst.LessThanEqual, cst.GreaterThan),
    cst.LessThanEqual: (cst.LessThan, cst.GreaterThanEqual),
    cst.GreaterThan: (cst.GreaterThanEqual, cst.LessThan),
    cst.GreaterThanEqual: (cst.GreaterThan, cst.LessThanEqual),
    cst.Equal: (cst.NotEqual,),
    cst.NotEqual: (cst.Equal,),
    cst.Is: (cst.IsNot,),
    cst.IsNot: (cst.Is,),
    cst.In: (cst.NotIn,),
    cst.NotIn: (cst.In,),
}


def arithmetic(site: Site) -> Iterator[cst.CSTNode]:
    """Another operator in `a + b` and in `a += b`. (Joined texts are arithmetic too.)"""
    node = site.node
    if isinstance(node, cst.BinaryOperation | cst.AugAssign):
        other = _ARITHMETIC.get(type(node.operator))
        if other is not None:
            yield node.with_changes(operator=other())


def comparison(site: Site) -> Iterator[cst.CSTNode]:
    """The boundary (`<` to `<=`) and the other direction (`<` to `>`); `==`, `is` and `in` negated."""
    node = site.node
    if isinstance(node, cst.ComparisonTarget):
        for other in _COMPARISONS.get(type(node.operator), ()):
            yield node.with_changes(operator=other())


def boolean(site: Site) -> Iterator[cst.CSTNode]:
    """`and` for `or` and the reverse."""
    node = site.node
    if isinstance(node, cst.BooleanOperation):
        other = cst.Or() if isinstance(node.operator, cst.And) else cst.And()
        yield node.with_changes(operator=other)


def unary(site: Site) -> Iterator[cst.CSTNode]:
    """`not x`, `~x` and `-x` without their sign."""
    node = site.node
    if isinstance(node, cst.UnaryOperation) and isinstance(
        node.operator, cst.Not | cst.BitInvert | cst.Minus
    ):
        inner = node.expression
        if node.lpar:  # they may be what lets it stand behind `return` or `in` without a space
            inner = inner.with_changes(lpar=[*node.lpar, *inner.lpar], rpar=[*inner.rpar, *node.rpar])
        yield inner


def condition(site: Site) -> Iterator[cst.CSTNode]:
    """A condition that always holds, and one that never does.

    A `while` is only ended, not made endless. An `if` whose whole body is one statement that can be deleted
    is not switched off: deleting the statement is the same mutant.
    """
    node = site.node
    yes, no = cst.Name("True"), cst.Name("False")
    match node:
        case cst.If():
            yield node.with_changes(test=yes, whitespace_before_test=cst.SimpleWhitespace(" "))
            if not (node.orelse is None and _one_deletable(node.body)):
                yield node.with_changes(test=no, whitespace_before_test=cst.SimpleWhitespace(" "))
        case cst.While():
            yield node.with_changes(test=no, whitespace_after_while=cst.SimpleWhitespace(" "))
        case cst.IfExp() | cst.CompIf():
            yield node.with_changes(test=yes)
            yield node.with_changes(test=no)


def _one_deletable(body: cst.BaseSuite) -> bool:
    lines = body.body
    if len(lines) != 1:
        return False
    line = lines[0]
    if isinstance(line, cst.SimpleStatementLine):
        return len(line.body) == 1 and isinstance(line.body[0], cst.Raise | cst.AugAssign | cst.Expr)
    return isinstance(line, cst.Raise | cst.AugAssign | cst.Expr)
