"""Every mutant of a module: one change each, with an identity that outlives edits elsewhere."""

from __future__ import annotations

import ast
import difflib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields

import libcst as cst

from grader.errors import ChallengeError
from grader.proof.mutants import calls, logic, statements, values
from grader.proof.mutants.syntax import Site
from grader.proof.mutants.walk import sites

Operator = Callable[[Site], Iterator[cst.CSTNode]]

OPERATORS: tuple[Operator, ...] = (
    logic.arithmetic,
    logic.comparison,
    logic.boolean,
    logic.unary,
    logic.condition,
    values.number,
    values.word,
    values.name,
    values.slice_bound,
    values.stop,
    values.index,
    calls.axis,
    calls.ddof,
    calls.other_function,
    calls.forgotten_call,
    calls.swapped_arguments,
    calls.dropped_keyword,
    statements.deleted,
    statements.loop_exit,
)


@dataclass(frozen=True, order=True)
class Identity:
    """What a mutant is known by, whatever happens in the rest of the file.

    `function` is dotted, as in "OnlineLearner.update"; "" at the top level. `original` and `changed` are the
    lines that differ, stripped and joined by single spaces. `occurrence` counts equal ones from 1.
    """

    function: str
    original: str
    changed: str
    occurrence: int = 1


@dataclass(frozen=True)
class Mutant:
    """A module with one change; `line` is the first changed line of the original, counted from 1."""

    identity: Identity
    operator: str
    line: int
    diff: str = field(repr=False)
    source: str = field(repr=False)


def mutants(source: str, name: str = "reference.py") -> tuple[Mutant, ...]:
    """The mutants of a module, in the order of its lines; `name` is what diffs call it.

    None has the same syntax tree as the original or as another. Raises ChallengeError if `source` is
    not Python.
    """
    try:
        module = cst.parse_module(source).deep_clone()  # every node is there once, so it can be told apart
    except cst.ParserSyntaxError as error:
        raise ChallengeError(f"{name}: is not Python: {error.message} in line {error.raw_line}") from None
    counts: Counter[tuple[str, str, str]] = Counter()
    found = []
    for operator, site, text in _changes(module):
        line, original, changed = _changed_lines(source, text)
        key = (site.function, original, changed)
        counts[key] += 1
        diff = _diff(source, text, name)
        found.append(Mutant(Identity(*key, counts[key]), operator.__name__, line, diff, text))
    return tuple(sorted(found, key=lambda mutant: mutant.line))


def _changes(module: cst.Module) -> Iterator[tuple[Operator, Site, str]]:
    """Every change that gives another syntax tree, with the text of the whole module."""
    places = {id(statement): at for at, statement in enumerate(module.body)}
    texts = [module.code_for_node(statement) for statement in module.body]
    start, _, end = module.code.partition("".join(texts))
    seen = [{_tree(text)} for text in texts]
    for site in sites(module):
        at = places[id(site.parents[0] if site.parents else site.node)]
        for operator in OPERATORS:
            for node in operator(site):
                # Only the statement of the module that holds the change is written and parsed anew.
                text = module.code_for_node(_replaced(site, node))
                tree = _tree(text)
                if tree is not None and tree not in seen[at]:
                    seen[at].add(tree)
                    yield operator, site, "".join([start, *texts[:at], text, *texts[at + 1 :], end])


def _replaced(site: Site, node: cst.CSTNode) -> cst.CSTNode:
    """The statement of the module that `site` is in, with `node` in its place."""
    old, new = site.node, node
    for parent in reversed(site.parents):
        for part in fields(parent):
            value = getattr(parent, part.name)
            if value is old:
                new = parent.with_changes(**{part.name: new})
                break
            if isinstance(value, list | tuple) and any(each is old for each in value):
                changed = [new if each is old else each for each in value]
                new = parent.with_changes(**{part.name: changed})
                break
        else:
            raise LookupError(f"{type(old).__name__} is no part of {type(parent).__name__}")
        old = parent
    return new


def _tree(source: str) -> str | None:
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return None


def _changed_lines(source: str, text: str) -> tuple[int, str, str]:
    """The number of the first line that differs, and both versions of the lines from there to the last."""
    old, new = source.splitlines(), text.splitlines()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start + 1, _joined(old[start : len(old) - end]), _joined(new[start : len(new) - end])


def _joined(lines: list[str]) -> str:
    return " ".join(filter(None, (line.strip() for line in lines)))


def _diff(source: str, text: str, name: str) -> str:
    old, new = source.splitlines(), text.splitlines()
    return "\n".join(difflib.unified_diff(old, new, name, f"{name} (mutant)", n=2, lineterm=""))
