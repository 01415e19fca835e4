"""Loading a submission inside the sandbox: from files and cells to a module.

Nothing here raises because of what the submission holds: what is wrong with it comes back
as problems, and whatever could be defined is there.
"""

from __future__ import annotations

import builtins
import difflib
import importlib
import sys
import types
from collections.abc import Iterable, Mapping
from importlib.machinery import ModuleSpec, SourceFileLoader
from typing import Any

from .cells import Notebook, file_of
from .files import write_files
from .problems import Problem, failure, own_lines, problem, refusal
from .source import REFUSED, compiled, decoded

__all__ = ["load", "missing", "own_lines", "write_files"]

NAMES = 2000  # defined names that are looked through for a suggestion


def load(
    submission: Mapping[str, Any], module_name: str = "solution"
) -> tuple[types.ModuleType, list[Problem]]:
    """Run the submission's top level as the module `module_name`.

    `submission` has `entry`, `files` ({path: bytes}), `cells` ([[number, source], ...], empty
    for a .py) and `folder`, where `write_files` put the files; the folder becomes the first
    place to import from. Gives the module, with whatever was defined before anything went
    wrong, and the problems: dictionaries with `kind` ("load" or "cell"), `text`, `line`, `cell`.
    """
    entry, folder = submission["entry"], submission["folder"]
    path = file_of(folder, entry)
    module = types.ModuleType(module_name)
    module.__file__ = path
    # What C code imports on behalf of a function is looked up through its globals.
    module.__dict__["__builtins__"] = builtins
    sys.modules[module_name] = module
    if sys.path[:1] != [folder]:
        sys.path[0:0] = [folder]
    importlib.invalidate_caches()
    if submission["cells"]:
        notebook = Notebook(module, entry, folder)
        notebook.run([(number, source) for number, source in submission["cells"]])
        return module, notebook.problems
    module.__loader__ = SourceFileLoader(module_name, path)
    module.__spec__ = ModuleSpec(module_name, module.__loader__, origin=path)
    return module, _run_source(module, submission["files"][entry], path, folder)


def missing(module: types.ModuleType, functions: Iterable[str]) -> list[Problem]:
    """A problem of kind "missing" for each name that the module lacks or that cannot be called."""
    defined = vars(module)
    public = [name for name in defined if type(name) is str and not name.startswith("__")][:NAMES]
    problems = []
    for name in functions:
        if name not in defined:
            near = difflib.get_close_matches(name, public, n=1)
            hint = f"; did you mean to rename {near[0]}?" if near else ""
            problems.append(problem("missing", f"{name} is not defined{hint}"))
        elif not callable(defined[name]):
            kind = type(defined[name]).__name__
            problems.append(problem("missing", f"{name} cannot be called: it is of type {kind}"))
    return problems


def _run_source(module: types.ModuleType, content: bytes, path: str, folder: str) -> list[Problem]:
    source = decoded(content)
    if isinstance(source, dict):
        return [source]
    try:
        code = compiled(source, path)
    except REFUSED as error:
        return [refusal("load", error)]
    try:
        exec(code, vars(module))
    except BaseException as error:  # whatever the candidate's code raises, SystemExit included
        return [failure("load", error, path, folder)]
    return []
