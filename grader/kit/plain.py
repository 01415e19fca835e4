"""The fixtures with which plain `pytest` runs visible checks in a workspace: one process, no sandbox.

What goes in and out of the submission is copied as on the way to a sandbox, and its errors arrive as they
would from there, so a check that passes here passes in `grader check`. What only a sandbox can hold does not
hold here: limits of time and memory, and that nothing but the packages of the brief is installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

import pytest

from grader import seeds
from grader.checks.candidate import Candidate, Handle, error_from
from grader.errors import GraderError
from grader.kit.workspace import find, solution
from grader.worker.loading import load, own_lines
from grader.worker.wire import Decoder, Encoder, Unsendable, build_estimator, encode_estimator, is_estimator

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from grader.checks.worker import Worker

__all__ = [
    "candidate",
    "dataset",
    "metric",
    "pytest_configure",
    "pytest_runtest_makereport",
    "rng",
    "shared_candidate",
    "shared_rng",
]

_SEED = "0" * 32
_MARKERS = (
    "points(n): what the check is worth",
    "hint(text): the author's word on a failure",
    "limits(seconds): the time for this check, which only a sandbox holds",
)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marks of checks known."""
    for line in _MARKERS:
        config.addinivalue_line("markers", line)
    if config.option.tbstyle == "auto":
        config.option.tbstyle = "short"


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Show the check's lines and the submission's; those of the grader between them say nothing."""
    error = call.excinfo.value if call.excinfo is not None else None
    if isinstance(error, Exception):
        following: BaseException | None = error
        while following is not None:
            following.with_traceback(_without_grader(following.__traceback__))
            following = following.__cause__ or following.__context__
        call.excinfo = pytest.ExceptionInfo.from_exception(error)
    return (yield)


def _without_grader(trace: TracebackType | None) -> TracebackType | None:
    if trace is None:
        return None
    following = _without_grader(trace.tb_next)
    if trace.tb_frame.f_globals.get("__name__", "").startswith("grader."):
        return following
    return TracebackType(following, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)


class Answer:
    """The loaded submission, in the place of a worker: it answers requests of `Candidate` and `Handle`."""

    _epoch = 0

    def __init__(self, module: object, folder: str, problem: str) -> None:
        self._module = module
        self._folder = folder
        self._problem = problem

    def request(
        self,
        message: dict[str, Any],
        args: tuple[object, ...] = (),
        kwargs: dict[str, object] | None = None,
        epoch: int | None = None,
        kind: str = "",
    ) -> object:
        """Perform one call. Raises CandidateError for whatever the submission raises."""
        arguments = cast("tuple[Any, dict[str, Any]]", self._carried((args, kwargs or {})))
        try:
            target = self._target(message)
            value = target if message["op"] == "get" else target(*arguments[0], **arguments[1])
            return self._carried(value, answer=True)
        except (Exception, SystemExit) as error:  # a submission may raise anything
            raise self._translated(error) from error

    def _target(self, message: dict[str, Any]) -> Any:
        if "handle" in message:
            held = message["handle"].value
            return getattr(held, message["name"]) if "name" in message else held
        name = message["function"]
        if not hasattr(self._module, name):
            reason = f"\n{self._problem}" if self._problem else ""
            raise NameError(f"the submission defines no {name!r}{reason}")
        return getattr(self._module, name)

    def _carried(self, value: object, *, answer: bool = False) -> object:
        """A copy, made as for the way to the sandbox, or back as an `answer`."""
        kept: list[object] = []

        def other(one: object) -> object | None:
            if not answer and is_estimator(one):
                return encode_estimator(encoder, one)
            kept.append(one._identity.value if type(one) is Handle else one)  # type: ignore[attr-defined]
            return {"t": "kept", "number": len(kept) - 1}

        def taken(tag: dict[str, object]) -> object:
            one = kept[cast(int, tag["number"])]
            if not answer:
                return one
            return Handle(cast("Worker", self), cast(str, _Held(one)), type(one).__name__, self._epoch)

        encoder = Encoder(other=other)
        tree = encoder.encode(value)
        buffers = [memoryview(bytearray(memoryview(one).tobytes())) for one in encoder.buffers]
        special = {"kept": taken, "estimator": lambda tag: build_estimator(tag, decoder)}
        decoder: Decoder = Decoder(buffers, special=special, iterators=not answer)
        return decoder.decode(tree)

    def _translated(self, error: BaseException) -> Exception:
        names = [kind.__name__ for kind in type(error).__mro__]
        if isinstance(error, Unsendable):
            names = ["TypeError", "Exception"]
        lines = own_lines(error, self._folder)
        return error_from({"classes": names, "text": str(error), "lines": lines})


class _Held:
    """The object behind a handle, which nothing but `Answer` looks at."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


@contextmanager
def _loaded(place: Path) -> Iterator[Candidate]:
    """The submission of the workspace around a check's file, freshly loaded."""
    workspace = find(place.parent)
    if workspace is None:
        raise pytest.UsageError(f"{place} lies in no workspace; `grader start` makes one")
    try:
        answer = solution(workspace)
        content = answer.read_bytes()
        cells = _cells(answer, content) if answer.suffix == ".ipynb" else []
    except GraderError as error:
        raise pytest.UsageError(str(error)) from None
    folder = str(workspace.folder)
    before = sys.path[:], sys.modules.get("solution")
    module, problems = load(
        {"entry": answer.name, "files": {answer.name: content}, "cells": cells, "folder": folder}
    )
    text = "\n".join(problem["text"] for problem in problems)
    try:
        yield Candidate(cast("Worker", Answer(module, folder, text)))
    finally:
        sys.path[:], known = before
        sys.modules.pop("solution", None)
        if known is not None:
            sys.modules["solution"] = known


def _cells(path: Path, content: bytes) -> list[list[object]]:
    from grader.submission.caps import DEFAULT
    from grader.submission.notebook import cells

    return [[cell.number, cell.source] for cell in cells(content, str(path), DEFAULT)]


@pytest.fixture
def candidate(request: pytest.FixtureRequest) -> Iterator[Candidate]:
    """The submission, loaded anew for each check."""
    with _loaded(request.path) as found:
        yield found


@pytest.fixture(scope="module")
def shared_candidate(request: pytest.FixtureRequest) -> Iterator[Candidate]:
    """The submission, loaded once for a file of checks."""
    with _loaded(request.path) as found:
        yield found


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Random numbers by the check's name, the same in every run."""
    return _generator(request.node.name)


@pytest.fixture(scope="module")
def shared_rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Random numbers by the file's name, the same in every run."""
    return _generator(request.path.name)


@pytest.fixture
def metric(request: pytest.FixtureRequest) -> Callable[[str, float], None]:
    """Notes a figure among the check's properties; points for it are given by `grader grade`."""
    properties: list[tuple[str, object]] = request.node.user_properties
    return lambda name, value: properties.append((name, float(value)))


@pytest.fixture(scope="module")
def dataset(request: pytest.FixtureRequest) -> Callable[[str], pd.DataFrame]:
    """The real tables of the bank, by name."""
    from grader import datasets, settings

    root = settings.bank_for(request.path.parent, os.environ).datasets
    return lambda name: datasets.load(name, root)


def _generator(name: str) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng(seeds.derive(_SEED, name))
