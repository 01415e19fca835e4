"""Operators that change calls: what is called, and what it is given."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import libcst as cst

from grader.proof.mutants.syntax import Site, called, integer, keyword, owner, renamed, source, without
from grader.proof.mutants.values import NO_FAULT

_NUMPY = frozenset({"np", "numpy", "math", "pd", "pandas"})

# Functions and methods of whatever owner.
_TWINS = (
    "min/max argmin/argmax idxmin/idxmax nanmin/nanmax amin/amax minimum/maximum any/all floor/ceil "
    "zeros/ones zeros_like/ones_like cumsum/cumprod union1d/intersect1d hstack/vstack isna/notna "
    "isnull/notnull triu/tril logical_and/logical_or nanmean/nanmedian nanstd/nanvar"
)
_SWAPS = dict(pair.split("/") for pair in _TWINS.split())
_SWAPS |= {second: first for first, second in _SWAPS.items()}
_SWAPS |= {"std": "var", "var": "std", "prod": "sum", "transform": "fit_transform"}
# Functions of a module, which have a twin that an array's method has not.
_FUNCTION_SWAPS = {"mean": "median", "median": "mean", "sum": "prod", "log": "log1p", "log1p": "log"}
_FUNCTION_SWAPS |= {"exp": "expm1", "expm1": "exp", "log2": "log", "log10": "log"}
_METHOD_SWAPS = {"mean": "sum", "sum": "mean"}

# Calls that may be forgotten: the (first) argument, or the object itself, is what is left.
_FORGOTTEN_FUNCTIONS = frozenset(
    "abs absolute fabs sorted sort sqrt square clip copy deepcopy reversed round".split()
)
_FORGOTTEN_METHODS = frozenset("copy clip abs dropna drop_duplicates sort_values sort_index".split())

_COMMUTATIVE = frozenset(
    "maximum minimum max min fmax fmin add multiply logical_and logical_or logical_xor union1d intersect1d "
    "array_equal isclose allclose gcd lcm hypot set frozenset print isinstance issubclass".split()
)


def swapped_arguments(site: Site) -> Iterator[cst.CSTNode]:
    """Two neighbours among the positional arguments change places."""
    node = site.node
    if not isinstance(node, cst.Call) or called(node) in _COMMUTATIVE:
        return
    for at, (first, second) in enumerate(itertools.pairwise(node.args)):
        if first.keyword or second.keyword or first.star or second.star:
            continue
        if source(first.value) != source(second.value):
            pair = [first.with_changes(value=second.value), second.with_changes(value=first.value)]
            yield node.with_changes(args=[*node.args[:at], *pair, *node.args[at + 2 :]])


def dropped_keyword(site: Site) -> Iterator[cst.CSTNode]:
    """An argument given by name is left out. Not `key=True`: its other value is a mutant already."""
    node = site.node
    if not isinstance(node, cst.Call) or called(node) in ("errstate", "filterwarnings", "catch_warnings"):
        return
    for at, arg in enumerate(node.args):
        flag = isinstance(arg.value, cst.Name) and arg.value.value in ("True", "False")
        # A seed that is left out makes the answer random, which is a fault.
        harmless = keyword(arg) in NO_FAULT - {"random_state", "seed"}
        if arg.keyword is not None and not flag and not harmless:
            yield node.with_changes(args=without(node.args, at))


def other_function(site: Site) -> Iterator[cst.CSTNode]:
    """The function next to it: `min` for `max`, `argmin` for `argmax`, `median` for `mean`."""
    node = site.node
    if not isinstance(node, cst.Call):
        return
    name = called(node)
    if name in _SWAPS:
        yield renamed(node, _SWAPS[name])
    elif owner(node) in _NUMPY:
        if name in _FUNCTION_SWAPS:
            yield renamed(node, _FUNCTION_SWAPS[name])
    elif isinstance(node.func, cst.Attribute) and name in _METHOD_SWAPS:
        yield renamed(node, _METHOD_SWAPS[name])


def forgotten_call(site: Site) -> Iterator[cst.CSTNode]:
    """`abs(x)` becomes `x`, `table.copy()` becomes `table`."""
    node = site.node
    if not isinstance(node, cst.Call) or isinstance(site.parent, cst.Expr):
        return
    name = called(node)
    plain = isinstance(node.func, cst.Name) or owner(node) in _NUMPY | {"copy"}
    if plain and name in _FORGOTTEN_FUNCTIONS and node.args and not node.args[0].star:
        yield _bracketed(node, node.args[0].value)
    elif not plain and name in _FORGOTTEN_METHODS and isinstance(node.func, cst.Attribute):
        yield _bracketed(node, node.func.value)


def axis(site: Site) -> Iterator[cst.CSTNode]:
    """`axis=0` for `axis=1` (or -1) and the reverse."""
    node = site.node
    if isinstance(node, cst.Arg) and keyword(node) == "axis":
        value = _literal(node.value)
        if value is not None:
            yield node.with_changes(value=integer(1 if value == 0 else 0))


def ddof(site: Site) -> Iterator[cst.CSTNode]:
    """`ddof=1` for `ddof=0` and the reverse, or one that is added.

    A method without one may be numpy's, which divides by n, or pandas', which divides by n - 1: where
    pandas is imported, 2 is wrong for both.
    """
    node = site.node
    if isinstance(node, cst.Arg) and keyword(node) == "ddof":
        value = _literal(node.value)
        if value is not None:
            yield node.with_changes(value=integer(1 if value == 0 else 0))
    if not isinstance(node, cst.Call) or called(node) not in ("std", "var", "nanstd", "nanvar", "cov"):
        return
    if not isinstance(node.func, cst.Attribute) or any(keyword(arg) in ("ddof", "bias") for arg in node.args):
        return
    unknown = owner(node) not in _NUMPY and "pandas" in site.modules
    added = 0 if called(node) == "cov" else 2 if unknown else 1
    equals = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    extra = cst.Arg(integer(added), keyword=cst.Name("ddof"), equal=equals)
    yield node.with_changes(args=[*(_with_comma(arg) for arg in node.args), extra])


def _with_comma(arg: cst.Arg) -> cst.Arg:
    if isinstance(arg.comma, cst.Comma):
        return arg
    return arg.with_changes(comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")))


def _literal(node: cst.BaseExpression) -> int | None:
    if isinstance(node, cst.Integer):
        return node.evaluated_value
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        value = _literal(node.expression)
        return None if value is None else -value
    return None


def _bracketed(call: cst.Call, value: cst.BaseExpression) -> cst.BaseExpression:
    """What stands in for a call, in parentheses where it would bind less tightly than the call did."""
    tight = (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.BaseNumber, cst.List, cst.ListComp)
    if isinstance(value, cst.GeneratorExp) or (not isinstance(value, tight) and not value.lpar):
        value = value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    lpar, rpar = [*call.lpar, *value.lpar], [*value.rpar, *call.rpar]
    return value.with_changes(lpar=lpar, rpar=rpar)
