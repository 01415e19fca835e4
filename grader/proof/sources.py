"""What the Python files of a challenge define and import, read without running them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.errors import ChallengeError

Lines = Iterator[tuple[str, str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef
# What can be imported where a distribution is required.
MODULES = {
    "numpy": ("numpy",),
    "pandas": ("pandas", "numpy"),
    "scikit-learn": ("sklearn", "scipy", "numpy", "joblib"),
}
FOR_CHECKS = ("pytest", "grader")


def parse(path: Path) -> ast.Module:
    """The tree of a file. Raises ChallengeError."""
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    except (OSError, SyntaxError, ValueError) as error:
        raise ChallengeError(f"{path}: cannot be read as Python: {error}") from None


def defined(tree: ast.Module) -> dict[str, Function | ast.ClassDef]:
    """The functions and classes at the top level."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name: node for node in tree.body if isinstance(node, kinds)}


def imported(tree: ast.Module) -> dict[str, int]:
    """The top-level names of the modules that a file imports, with the first line that does."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        names: Iterable[str] = ()
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "." if node.level == 0 else "."]
        for name in names:
            found.setdefault(name.partition(".")[0] or ".", node.lineno)  # type: ignore[attr-defined]
    return found


def allowed(requires: Iterable[str]) -> frozenset[str]:
    """The modules that exist where these distributions do."""
    modules = {module for name in requires for module in MODULES.get(name, (name.replace("-", "_"),))}
    return frozenset(modules | set(sys.stdlib_module_names))


def foreign(path: Path, requires: tuple[str, ...], also: Iterable[str] = ()) -> Lines:
    """Imports of what `requires` does not bring."""
    known = allowed(requires) | set(also)
    for name, line in imported(parse(path)).items():
        if name not in known:
            there = ", ".join(requires) or "nothing"
            yield f"{path.name}:{line}", f"imports {name}; challenge.toml requires {there}"


def check_imports(path: Path, requires: tuple[str, ...]) -> Lines:
    """The same for a file of checks, which may import its neighbours, pytest and the comparators."""
    beside = {other.stem for other in path.parent.glob("*.py")}
    for place, message in foreign(path, requires, (*FOR_CHECKS, *beside)):
        yield f"checks/{path.parent.name}/{place}", message


def lacking(path: Path, functions: tuple[str, ...]) -> Lines:
    """The functions of challenge.toml that a file does not define."""
    names = defined(parse(path))
    for name in functions:
        if name not in names:
            yield path.name, f"does not define {name}, which challenge.toml lists in functions"


def undocumented(path: Path) -> Lines:
    """Stubs without a docstring or without types."""
    for node in defined(parse(path)).values():
        methods = (
            [part for part in node.body if isinstance(part, Function)]
            if isinstance(node, ast.ClassDef)
            else []
        )
        for one, name in [(node, node.name), *((part, f"{node.name}.{part.name}") for part in methods)]:
            place = f"{path.parent.name}/{path.name}:{one.lineno}"
            if not ast.get_docstring(one) and not one.name.startswith("_"):
                yield place, f"{name} has no docstring; say what it takes and returns"
            if isinstance(one, Function) and _untyped(one):
                yield place, f"{name} is not fully typed; annotate every argument and the result"


def _untyped(function: Function) -> bool:
    arguments = function.args
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        arguments.vararg,
        arguments.kwarg,
    ]
    given = [one for one in every if one is not None and one.arg not in ("self", "cls")]
    return function.returns is None or any(one.annotation is None for one in given)


def checks_in(folder: Path) -> int:
    """How many test functions the files of a folder define."""
    trees = [parse(path) for path in sorted(folder.glob("test_*.py"))]
    return sum(
        isinstance(node, Function) and node.name.startswith("test")
        for tree in trees
        for node in ast.walk(tree)
    )
