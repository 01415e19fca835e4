"""Running the cells of a notebook as one module, keeping what can be kept.

Cells run statement by statement. After one raises, the rest of its cell still defines and
imports, so that a failed plot does not take the functions below it away. Nothing of
Jupyter is needed.
"""

from __future__ import annotations
import __future__

import ast
import importlib
import inspect
import linecache
import os
import types
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from .files import write_file
from .magics import KEEP, WRITE, cell_magic, neutralise
from .problems import Problem, failure, problem, refusal
from .source import REFUSED, compiled, parsed

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign)
PROBLEMS = 20  # that are kept for one notebook


class Shell:
    """Stands in for IPython's shell: every method exists and does nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing


class Notebook:
    """A notebook on its way to a module."""

    def __init__(self, module: types.ModuleType, entry: str, folder: str) -> None:
        self.module = module
        self.entry = entry
        self.folder = folder
        self.problems: list[Problem] = []
        self._flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self._runner: Any = None  # asyncio.Runner
        self._sources: list[str] = []
        shell = Shell()
        vars(module).update(get_ipython=lambda: shell, display=_nothing)

    def run(self, cells: list[tuple[int, str]]) -> None:
        """Run the cells in order. Problems are recorded, never raised."""
        try:
            for number, source in cells:
                self._run_cell(number, source.replace("\r\n", "\n").replace("\r", "\n"))
        finally:
            if self._runner is not None:
                with suppress(Exception):
                    self._runner.close()
        # For inspect.getsource of a class, which knows the module's file only.
        remember(str(self.module.__file__), "\n".join(self._sources))
        del self.problems[PROBLEMS:]

    def _run_cell(self, number: int, source: str) -> None:
        filename = f"{self.entry} cell {number}"
        magic = cell_magic(source)
        if magic is not None:
            name, arguments, source = magic
            if name in WRITE:
                return self._write(number, arguments, source)
            if name not in KEEP:
                return None
        source = neutralise(source)
        remember(filename, source)
        try:
            tree = parsed(source, filename)
        except REFUSED as error:
            self.problems.append(refusal("cell", error, number))
            return None
        self._sources.append(source)
        return self._run_statements(tree.body, number, filename)

    def _run_statements(self, statements: list[ast.stmt], number: int, filename: str) -> None:
        failed = False
        for statement in statements:
            if failed and not isinstance(statement, DEFINITIONS + ASSIGNMENTS):
                continue
            try:
                self._run_statement(statement, filename)
            except BaseException as error:  # whatever the candidate's code raises
                # An assignment after a failure mostly fails for the same reason.
                if not failed or isinstance(statement, DEFINITIONS):
                    self._failed(error, statement, number, filename)
                failed = True

    def _run_statement(self, statement: ast.stmt, filename: str) -> None:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                self._flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
        code = compiled(ast.Module([statement], []), filename, self._flags)
        result = types.FunctionType(code, vars(self.module))()
        if code.co_flags & inspect.CO_COROUTINE:
            self._await(result)

    def _await(self, coroutine: Any) -> None:
        """Run a top-level await; all of a notebook's share one event loop, as in Jupyter."""
        if self._runner is None:
            # Imported here: few notebooks need it, and it doubles what a worker imports.
            import asyncio

            self._runner = asyncio.Runner()
        self._runner.run(coroutine)

    def _failed(self, error: BaseException, statement: ast.stmt, number: int, filename: str) -> None:
        found = failure("cell", error, filename, self.folder, number)
        if found["line"] is None:
            found["line"] = statement.lineno
        self.problems.append(found)

    def _write(self, number: int, arguments: str, source: str) -> None:
        """`%%writefile [-a] name`: the rest of the cell becomes a file beside the notebook."""
        words = arguments.split()
        append = bool(words) and words[0] in ("-a", "--append")
        name = " ".join(words[1:] if append else words).strip("'\"")
        try:
            write_file(self.folder, name, source.lstrip("\n").encode("utf-8"), append=append)
        except (OSError, ValueError) as error:
            self.problems.append(
                problem("cell", f"cell {number}: the file was not written: {error}", 1, number)
            )
        importlib.invalidate_caches()


def remember(filename: str, source: str) -> None:
    """Let tracebacks and `inspect.getsource` find source that is in no file."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)


def file_of(folder: str, entry: str) -> str:
    """The path that a module loaded from `entry` has as `__file__`."""
    return os.path.join(folder, entry)


def _nothing(*arguments: object, **named: object) -> None:
    return None
