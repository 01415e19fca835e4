"""What the tests share: sandboxes, and conversations with a worker."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import tests_figures
from tests_sandboxes import ISOLATING, SANDBOXES, usable

from grader.checks.candidate import Candidate
from grader.checks.worker import Worker
from grader.model import Limits
from grader.sandbox.base import Backend, Sandbox, Specification

# A shell that starts the tests in the background has them, and every program that they start, ignore interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures after everything else, where they are found."""
    if table := tests_figures.table(config, terminalreporter.getreports("passed")):
        terminalreporter.section("figures")
        terminalreporter.write_line(table)


@pytest.fixture(params=SANDBOXES)
def backend(request: pytest.FixtureRequest) -> Backend:
    """Every sandbox in turn."""
    return usable(request.param)


@pytest.fixture(params=ISOLATING)
def isolating(request: pytest.FixtureRequest) -> Backend:
    """Every sandbox that isolates, in turn."""
    return usable(request.param)


class Conversation:
    """A worker that has loaded a submission."""

    def __init__(self, sandbox: Sandbox, worker: Worker) -> None:
        self.sandbox = sandbox
        self.worker = worker

    @contextmanager
    def check(self, seconds: float = 10.0) -> Iterator[Candidate]:
        """A fresh process for one check."""
        self.worker.spent, self.worker.allowed = 0.0, seconds
        self.worker.begin()
        yield Candidate(self.worker)
        if not self.worker.lost:
            self.worker.end()


@pytest.fixture
def converse() -> Iterator[Callable[..., Conversation]]:
    """Starts a sandbox with a submission given as source; all are killed after the test."""
    started: list[Sandbox] = []

    def start(
        backend: Backend,
        source: str,
        *,
        requires: tuple[str, ...] = ("numpy",),
        limits: Limits = Limits(),
        keep_log: bool = False,
    ) -> Conversation:
        sandbox = backend.start(Specification(requires, limits, keep_log))
        started.append(sandbox)
        worker = Worker(sandbox.control, sandbox.data)
        files = {"solution.py": source.encode()}
        worker.load({"entry": "solution.py", "files": files, "cells": [], "functions": []}, limits.seconds)
        return Conversation(sandbox, worker)

    yield start
    for sandbox in started:
        sandbox.kill()
