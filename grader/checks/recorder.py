"""The last calls of a visible check, kept so that a failure can show them. Hidden checks have no recorder."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.checks.candidate import CandidateError
from grader.checks.kinds import Mismatch
from grader.model import CallShown, ValueShown

CALLS = 3
_RAISED, _LINES, _LINE = 400, 5, 120  # characters of an exception, its lines, characters of a line
_KEPT = 16 << 20  # bytes of one result
_NOTHING = object()


@dataclass
class Recorded:
    """A call under way or done. Its arguments are text at once: the check may change them afterwards."""

    owner: str  # the type of the handle, if it is one's method or attribute
    name: str
    given: tuple[ValueShown, ...]
    result: Any = _NOTHING  # kept to be recognised when it is compared
    returned: tuple[ValueShown, ...] = ()  # instead of a result that is too large to be kept
    error: CandidateError | None = None

    def answered(self, value: Any, size: int) -> None:
        """Note what came back, in `size` bytes besides its structure."""
        from grader.checks import showing

        if size > _KEPT:
            self.returned = showing.result(value)
        else:
            self.result = value


class Recorder:
    """Remembers the last calls of one check."""

    def __init__(self) -> None:
        self.calls: deque[Recorded] = deque(maxlen=CALLS)

    @contextmanager
    def watch(
        self, message: Mapping[str, Any], kind: str, args: Sequence[Any], kwargs: dict[str, Any]
    ) -> Iterator[Recorded]:
        """Remember a call; what this yields is told how it was answered."""
        from grader.checks import showing  # numpy, which the checks' process has and others need not

        name = str(message.get("function") or message.get("name") or "")
        call = Recorded(kind, name, showing.arguments(args, kwargs))
        self.calls.append(call)
        try:
            yield call
        except CandidateError as error:
            call.error = error
            raise

    def shown(
        self, error: BaseException | None, parameters: Mapping[str, Sequence[str]]
    ) -> tuple[CallShown, ...]:
        """The calls as text, the differing places of a failed comparison (`error`) marked.

        `parameters` has the names of each function's parameters.
        """
        from grader.checks import showing

        found = [_call(call, parameters) for call in self.calls]
        judged = None
        if isinstance(error, Mismatch):
            ours, theirs = showing.compared(error.actual, error.expected, error.same)
            same = [number for number, call in enumerate(self.calls) if call.result is error.actual]
            judged = same[-1] if same else len(found)
            if not same:
                found.append(CallShown(""))
            found[judged] = replace(found[judged], returned=ours, expected=theirs)
        for number, call in enumerate(self.calls):
            if number != judged:
                kept = call.result is not _NOTHING
                returned = showing.result(call.result) if kept else call.returned
                found[number] = replace(found[number], returned=returned)
        return tuple(found)


def parameters(root: Path) -> dict[str, tuple[str, ...]]:
    """The parameters' names of each function, class ("Scaler") and method (".transform") of a challenge's
    starter; none if it has no starter that can be read."""
    try:
        tree = ast.parse((root / "starter" / "solution.py").read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = _names(node)
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    key = node.name if method.name == "__init__" else f".{method.name}"
                    found[key] = _names(method)[1:]
    return found


def _names(node: ast.FunctionDef) -> tuple[str, ...]:
    return tuple(argument.arg for argument in [*node.args.posonlyargs, *node.args.args])


def _call(call: Recorded, parameters: Mapping[str, Sequence[str]]) -> CallShown:
    names = parameters.get(f".{call.name}" if call.owner else call.name, ())
    title = ".".join(part for part in (call.owner, call.name) if part)
    given = tuple(replace(value, name=_name(value.name, names)) for value in call.given)
    if call.error is None:
        return CallShown(title, given)
    lines = tuple(
        f"{file}:{line}: {source.strip()}"[:_LINE] for file, line, source in call.error.lines[-_LINES:]
    )
    return CallShown(title, given, raised=str(call.error)[:_RAISED], lines=lines)


def _name(name: str, names: Sequence[str]) -> str:
    """A positional argument's number as the parameter's name, or as "argument 2"."""
    if not name.isdecimal():
        return name
    number = int(name)
    return names[number] if number < len(names) else f"argument {number + 1}"
