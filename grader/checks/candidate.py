"""What a check sees of the submission: functions to call, opaque handles, exceptions."""

from __future__ import annotations

import builtins
import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from grader.checks.worker import Worker

# Exceptions of the candidate's code that arrive as the built-in of that name.
_KNOWN = frozenset(
    "ArithmeticError AssertionError AttributeError BufferError EOFError FileNotFoundError "
    "FloatingPointError ImportError IndexError KeyError LookupError MemoryError ModuleNotFoundError "
    "NameError NotImplementedError OSError OverflowError PermissionError RecursionError RuntimeError "
    "StopIteration SyntaxError TypeError UnboundLocalError UnicodeError ValueError ZeroDivisionError".split()
)


class CandidateError(Exception):
    """An exception of the candidate's code, as name and text only.

    One of a built-in kind is an instance of that kind as well, so `raises(candidate,
    ValueError)` and `except ValueError` both see it.
    """

    def __init__(self, name: str, text: str = "", lines: tuple[tuple[str, int, str], ...] = ()) -> None:
        super().__init__(text)
        self.name = name
        self.text = text
        self.lines = lines

    def __str__(self) -> str:
        return f"{self.name}: {self.text}" if self.text else self.name


@functools.cache
def _kind(name: str) -> type[CandidateError]:
    """The class for a built-in exception's name."""
    return type(f"Candidate{name}", (CandidateError, getattr(builtins, name)), {})


def error_from(message: Mapping[str, Any]) -> CandidateError:
    """The exception that a `raise` message describes. Raises TypeError or KeyError for a malformed one."""
    names = [name for name in message["classes"][:12] if type(name) is str]
    text = message["text"] if type(message["text"]) is str else ""
    lines = []
    for file, line, source in message["lines"][:10]:
        if type(file) is str and type(line) is int and type(source) is str:
            lines.append((file[:200], line, source[:200]))
    known = next((name for name in names if name in _KNOWN), None)
    kind = CandidateError if known is None else _kind(known)
    return kind((names or ["Exception"])[0][:80], text[:4096], tuple(lines))


def _refuse(what: str) -> Any:
    def refuse(self: object, *_: object) -> NoReturn:
        raise TypeError(
            f"{what} of an object that stays in the sandbox: call a method, or read an attribute(...)"
        )

    return refuse


class Handle:
    """An object that stays in the sandbox. It can be called, its methods can be called, it can be
    handed back as an argument; `attribute(handle, name)` reads an attribute. Nothing else reaches it.
    """

    __slots__ = ("_epoch", "_identity", "_kind", "_worker")

    def __init__(self, worker: Worker, identity: str, kind: str, epoch: int) -> None:
        self._worker = worker
        self._epoch = epoch
        self._identity = identity
        self._kind = kind

    def __call__(self, *args: object, **kwargs: object) -> object:
        message = {"op": "call", "handle": self._identity}
        return self._worker.request(message, args, kwargs, self._epoch, self._kind)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def method(*args: object, **kwargs: object) -> object:
            message = {"op": "call", "handle": self._identity, "name": name}
            return self._worker.request(message, args, kwargs, self._epoch, self._kind)

        return method

    def __repr__(self) -> str:
        return f"<an object of type {self._kind} that stays in the sandbox>"

    __eq__ = _refuse("the value")
    __bool__ = _refuse("the truth")
    __len__ = _refuse("the length")
    __iter__ = _refuse("the items")
    __getitem__ = _refuse("an item")
    __array__ = _refuse("the array")
    __hash__ = None  # type: ignore[assignment]


def attribute(handle: Handle, name: str) -> object:
    """An attribute of an object in the sandbox: plain data, or another handle."""
    if type(handle) is not Handle:
        raise AssertionError(f"expected an object with an attribute {name!r}, got {type(handle).__name__}")
    return handle._worker.request(
        {"op": "get", "handle": handle._identity, "name": name}, epoch=handle._epoch, kind=handle._kind
    )


class Candidate:
    """The submission: its functions and classes are called by name."""

    __slots__ = ("_worker",)

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def function(*args: object, **kwargs: object) -> object:
            return self._worker.request({"op": "call", "function": name}, args, kwargs)

        return function
