"""What the operators ask of a piece of syntax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import libcst as cst


@dataclass(frozen=True)
class Site:
    """A node where a mutation may be made.

    `parents` lead from the module's statement down to the node's own parent. `bound` are the names that the
    function has bound before this place, its parameters included; `counters` those that a loop over `range`
    or `enumerate` counts up; `modules` the top-level names that are imported.
    """

    node: cst.CSTNode
    parents: tuple[cst.CSTNode, ...] = ()
    function: str = ""
    bound: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    modules: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def parent(self) -> cst.CSTNode | None:
        return self.parents[-1] if self.parents else None

    @property
    def keyword(self) -> str:
        """The name under which the node is handed to a call; empty if it is not."""
        return keyword(self.parent) if isinstance(self.parent, cst.Arg) else ""

    def inside_call_of(self, *names: str) -> bool:
        """Whether the node is part of what one of these functions is given."""
        return any(isinstance(node, cst.Call) and called(node) in names for node in self.parents)


def keyword(arg: cst.Arg) -> str:
    """The keyword of an argument; empty for a positional one."""
    return arg.keyword.value if arg.keyword is not None else ""


def called(call: cst.Call) -> str:
    """The last name of what is called: `sum` of `np.sum(...)` and of `counts.sum()`."""
    match call.func:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            return name
    return ""


def owner(call: cst.Call) -> str:
    """The name before the dot of what is called: `np` of `np.sum(...)`; empty if there is no plain name."""
    match call.func:
        case cst.Attribute(value=cst.Name(value=name)):
            return name
    return ""


def renamed(call: cst.Call, name: str) -> cst.Call:
    """The call of another function at the same place."""
    func = call.func
    if isinstance(func, cst.Attribute):
        return call.with_changes(func=func.with_changes(attr=cst.Name(name)))
    return call.with_changes(func=cst.Name(name))


def source(node: cst.CSTNode) -> str:
    """The node as text."""
    return cst.Module(body=()).code_for_node(node)


def integer(value: int) -> cst.BaseExpression:
    """A literal; a negative one in Python is a minus before a positive one."""
    if value < 0:
        return cst.UnaryOperation(cst.Minus(), cst.Integer(str(-value)))
    return cst.Integer(str(value))


def shifted(node: cst.BaseExpression, by: int) -> cst.BaseExpression:
    """`node + 1` or `node - 1`, in parentheses where `node` binds less tightly."""
    tight = (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.Integer, cst.UnaryOperation)
    if not isinstance(node, tight) and not node.lpar:
        arithmetic = isinstance(node, cst.BinaryOperation) and isinstance(
            node.operator, cst.Add | cst.Subtract | cst.Multiply | cst.Divide | cst.FloorDivide | cst.Modulo
        )
        if not arithmetic:
            node = node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    operator = cst.Add() if by > 0 else cst.Subtract()
    return cst.BinaryOperation(node, operator, cst.Integer(str(abs(by))))


def without(args: Sequence[cst.Arg], at: int) -> list[cst.Arg]:
    """The arguments but one; the comma behind the last stays as it was."""
    left = [*args[:at], *args[at + 1 :]]
    if at == len(args) - 1 and left:
        left[-1] = left[-1].with_changes(comma=args[at].comma)
    return left


def is_prose(text: str) -> bool:
    """Whether a string is for people: nobody writes a key or an option in several words."""
    return any(letter.isspace() for letter in text.strip())


def names_in(target: cst.CSTNode) -> Iterator[str]:
    """The plain names that an assignment to `target` binds."""
    if isinstance(target, cst.Name):
        yield target.value
    elif isinstance(target, cst.Tuple | cst.List):
        for element in target.elements:
            yield from names_in(element.value)
