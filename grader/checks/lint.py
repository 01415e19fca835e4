"""A linter for hidden checks: finds comparisons that a made-up answer would pass.

What comes from the candidate is followed through names, containers, fixtures and helper
functions of the file. It stays suspect until `array`, `number`, `integer`, `text` or
`boolean` has vouched for its kind. The analysis reads source only and errs on the side
of a finding; nothing is imported or run.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from grader.checks.taint import Suspects, called_name, functions_of
from grader.errors import ChallengeError

COMPARATORS = frozenset(
    {"close", "equal", "frame", "series", "array", "number", "integer", "text", "boolean"}
    | {"labels_match", "same_rows", "between", "raises", "holds"}
)
_LOOSE = frozenset(
    {"allclose", "isclose", "array_equal", "array_equiv", "approx", "assert_allclose", "assert_array_equal"}
    | {"assert_equal", "assert_almost_equal", "assert_array_almost_equal"}
    | {"assert_frame_equal", "assert_series_equal", "assert_index_equal"}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `rule`: loose-comparison, candidate-data, no-comparator or no-title."""

    path: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


def lint(path: Path) -> list[Finding]:
    """The findings in one file of checks, or in a helper beside them, in order of line.

    Raises ChallengeError if the file is not Python.
    """
    tree = _parse(path)
    findings = [Finding(path, *found) for found in [*_loose(tree), *_unchecked(tree, Suspects(tree))]]
    if path.name.startswith("test_"):
        comparing = _comparing(path, tree)
        for function in functions_of(tree):
            if function.name.startswith("test"):
                findings += [Finding(path, *found) for found in _form(function, comparing)]
    return sorted(set(findings), key=lambda finding: (finding.line, finding.rule, finding.message))


def _parse(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    except (OSError, SyntaxError, ValueError) as error:
        raise ChallengeError(f"{path}: cannot be read as Python: {error}") from None


def _loose(tree: ast.Module) -> list[tuple[int, str, str]]:
    """Comparisons that pass NaN, broadcast or align, wherever they stand."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute | ast.Name | ast.ImportFrom):
            continue
        for name in _names(node):
            if name in _LOOSE:
                message = f"{name} broadcasts or ignores kinds; use close or equal of grader.checks"
                found.append((node.lineno, "loose-comparison", message))
        if isinstance(node, ast.Attribute) and node.attr == "raises":
            message = "pytest.raises also takes errors of the check; use raises(candidate, ...)"
            found.append((node.lineno, "loose-comparison", message))
    return found


def _names(node: ast.Attribute | ast.Name | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [alias.name for alias in node.names]
    return [node.attr if isinstance(node, ast.Attribute) else node.id]


def _unchecked(tree: ast.Module, suspects: Suspects) -> list[tuple[int, str, str]]:
    """Comparisons and reductions to one truth value on data straight from the candidate."""
    found = []
    for node, tainted in suspects.expressions():
        if isinstance(node, ast.Compare) and any(map(tainted, (node.left, *node.comparators))):
            if suspects.decides(node) or any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
                message = "an operator on the candidate's data; use a comparator, or array/number first"
                found.append((node.lineno, "candidate-data", message))
        elif isinstance(node, ast.Call) and called_name(node) in ("all", "any") and tainted(node):
            message = f"{called_name(node)}() of the candidate's data; use a comparator, or array first"
            found.append((node.lineno, "candidate-data", message))
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assert) and suspects.bare(statement):
            message = "asserts the candidate's data as it is; use a comparator"
            found.append((statement.lineno, "candidate-data", message))
    return found


def _form(function: ast.FunctionDef, comparing: frozenset[str]) -> list[tuple[int, str, str]]:
    found, line = [], function.lineno
    title = (ast.get_docstring(function) or "").strip().splitlines()
    if not title:
        message = f"{function.name} has no docstring; its first line is what the candidate sees"
        found.append((line, "no-title", message))
    calls = {called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
    if not calls & comparing:
        message = f"{function.name} calls no comparator, so it may pass on anything"
        found.append((line, "no-comparator", message))
    return found


def _comparing(path: Path, tree: ast.Module) -> frozenset[str]:
    """The comparators and every function, here or in a module beside, that calls one."""
    trees = [tree]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            beside = path.parent / f"{node.module}.py"
            if beside.is_file():
                trees.append(_parse(beside))
    bodies = {function.name: function for one in trees for function in functions_of(one)}
    calls = {
        name: {called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
        for name, function in bodies.items()
    }
    comparing, grew = set(COMPARATORS), True
    while grew:
        more = {name for name, called in calls.items() if called & comparing} - comparing
        comparing |= more
        grew = bool(more)
    return frozenset(comparing)
