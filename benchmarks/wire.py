"""Values to the sandbox and back, and the memory that a sandbox takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.commands import ANSWERS, BANK, F1_TEN, ROOT, TUNE
from benchmarks.timing import Reading
from grader.bank import Bank
from grader.checks.candidate import Candidate
from grader.checks.worker import Worker
from grader.model import Limits
from grader.sandbox.base import Backend, Specification

_SECONDS = 60.0
# Runs in the sandbox, where only its own processes can be seen.
_HELPERS = '''

def echo(value):
    return value


def peak_kib():
    """VmHWM of the largest process."""
    import glob
    found = []
    for name in glob.glob("/proc/[0-9]*/status"):
        with open(name) as file:
            found += [int(line.split()[1]) for line in file if line.startswith("VmHWM:")]
    return max(found)
'''


class Wire:
    """Measures with sandboxes of one backend, each started when it is needed."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        rng = np.random.default_rng(7)
        self._values: dict[str, Any] = {"array": rng.normal(size=1_000_000), "table": _table(rng)}

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._values.clear()

    def prepare(self) -> Reading:
        """Build what the backend needs for everything that is measured."""
        for what in (*ANSWERS, *self._values):
            self._backend.prepare(_specification(what), lambda text: None)
        return Reading(())

    def there_and_back(self, value: str, count: int) -> Reading:
        """Milliseconds for a value to go into the sandbox and return."""
        with self._candidate(_specification(value), "") as candidate:
            candidate.echo(0)
            return _timed(lambda: candidate.echo(self._values[value]), count)

    def copied_twice(self, value: str, count: int) -> Reading:
        """Milliseconds for copying the value twice within this process."""
        copied = self._values[value]

        def copy() -> None:
            copied.copy()
            copied.copy()

        return _timed(copy, count)

    def sandbox_memory(self, what: str) -> Reading:
        """MiB of the largest process in the sandbox: in a challenge, or after passing a value around."""
        source = (ROOT / ANSWERS[what]).read_text(encoding="utf-8") if what in ANSWERS else ""
        with self._candidate(_specification(what), source) as candidate:
            self._use(what, candidate)
            return Reading((candidate.peak_kib() / 1024,))

    def _use(self, what: str, candidate: Candidate) -> None:
        rng = np.random.default_rng(7)
        if what == F1_TEN:
            candidate.f1(rng.integers(0, 6, 500), rng.integers(0, 6, 500), "macro")
        elif what == TUNE:
            candidate.tune(rng.normal(size=(80, 6)), rng.normal(size=80))
        else:
            candidate.echo(self._values[what])

    @contextmanager
    def _candidate(self, specification: Specification, source: str) -> Iterator[Candidate]:
        sandbox = self._backend.start(specification)
        try:
            worker = Worker(sandbox.control, sandbox.data)
            files = {"solution.py": (source + _HELPERS).encode()}
            worker.load({"entry": "solution.py", "files": files, "cells": [], "functions": []}, _SECONDS)
            worker.spent, worker.allowed = 0.0, _SECONDS
            worker.begin()
            yield Candidate(worker)
        finally:
            sandbox.kill()


def _specification(what: str) -> Specification:
    """The sandbox of a challenge, or one for large values."""
    if what not in ANSWERS:
        return Specification(("numpy", "pandas"), Limits(memory_mb=1024))
    bank = Bank.at(ROOT / BANK) if what == F1_TEN else Bank.default()
    challenge = bank.get(what)
    return Specification(challenge.requires, challenge.limits)


def _table(rng: np.random.Generator) -> pd.DataFrame:
    """100,000 rows: 16 columns of floats, 2 of integers, 2 of text."""
    rows = 100_000
    table = pd.DataFrame(rng.normal(size=(rows, 16)), columns=[f"x{number}" for number in range(16)])
    for name in ("count", "year"):
        table[name] = rng.integers(0, 3000, rows)
    for name in ("town", "kind"):
        table[name] = rng.choice(["north", "south", "east", "west", "centre"], rows)
    return table


def _timed(action: Callable[[], object], count: int) -> Reading:
    times = []
    for _ in range(count):
        began = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - began))
    return Reading(tuple(times))
