"""The grading process's end of a checks' server: start it, have it grade, end it.

What a run's process says is taken as outcomes and requests for sandboxes, nothing more.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.checks.link import hear, tell, unpack_check, unpack_outcome, unpack_problem
from grader.errors import ChallengeError, SandboxError
from grader.model import Challenge, Check, Limits, Outcome, Problem, Submission, Verdict
from grader.resources import package_folder
from grader.sandbox.base import Sandbox
from grader.worker.wire import Encoder, ProtocolError

COLLECT_SECONDS = 60.0
_START = "import sys; sys.path.insert(0, sys.argv.pop()); from grader.checks.server import main; main()"
# What checks import besides pytest, for each distribution that the challenge requires.
_PRELOAD = {"numpy": "numpy", "pandas": "pandas"}


@dataclass(frozen=True, slots=True)
class RunResult:
    """What one run brought; `infrastructure` says what went wrong that is not the candidate's fault."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    infrastructure: str = ""
    log: bytes = b""


class ChecksServer:
    """A started server. It imports what every challenge needs at once, and collects when it is given one.

    `run` may be called from several threads at once.
    """

    def __init__(self) -> None:
        self.channel, far = socket.socketpair()
        self.challenge: Challenge | None = None
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._checks: tuple[Check, ...] | None = None
        self._debug = os.environ.get("GRADER_LOG", "").lower() == "debug"
        self._running: set[_Conversation] = set()
        with far:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, str(far.fileno()), str(package_folder("").parent)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=None if self._debug else subprocess.DEVNULL,
                pass_fds=(far.fileno(),),
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )

    def collect(self, challenge: Challenge, data: Path | None = None) -> None:
        """Have it collect the checks of `challenge`, the only one that it will ever serve."""
        self.challenge = challenge
        config = {
            "root": str(challenge.root),
            "data": str(data) if data else "",
            "metrics": [metric.name for metric in challenge.metrics],
            "limits": asdict(challenge.limits),
            "preload": [_PRELOAD[name] for name in challenge.requires if name in _PRELOAD],
            "debug": self._debug,
        }
        with contextlib.suppress(OSError):  # `checks` tells what became of it
            tell(self.channel, {"op": "collect", "config": config})

    def checks(self) -> tuple[Check, ...]:
        """The fixed list of checks. Raises ChallengeError with everything that is wrong with them."""
        with self._lock:
            if self._checks is None:
                self._checks = self._collected()
            return self._checks

    def _collected(self) -> tuple[Check, ...]:
        assert self.challenge is not None
        where = self.challenge.root / "checks"
        try:
            message, _, _ = hear(self.channel, time.monotonic() + COLLECT_SECONDS)
        except TimeoutError:
            raise ChallengeError(f"{where}: collecting the checks took over {COLLECT_SECONDS:g} s") from None
        except (EOFError, OSError, ProtocolError):
            raise SandboxError(
                "the process that runs the checks did not start; see GRADER_LOG=debug"
            ) from None
        if message.get("op") != "collected":
            errors = "\n".join(str(line) for line in message.get("errors", ()))
            raise ChallengeError(f"{where}: the checks cannot be collected\n{errors}")
        return tuple(unpack_check(check) for check in message["checks"])

    def run(
        self,
        submission: Submission,
        *,
        seed: str,
        select: Sequence[Check],
        supply: Callable[[], Sandbox],
        progress: Callable[[str], None],
        dispose: Callable[[Sandbox], None],
        limits: Limits | None = None,
        stop_at_failure: bool = False,
    ) -> RunResult:
        """Run the selected checks, in the order given, on a submission.

        `supply` starts a sandbox each time one is needed, `dispose` has the last one killed. `limits` replace
        the challenge's; no check may then take longer than their `seconds`, whatever its mark says. With
        `stop_at_failure` nothing runs after the first check that does not pass.
        """
        assert self.challenge is not None
        near, far = socket.socketpair()
        number = next(self._numbers)
        with near, far:
            with self._lock, contextlib.suppress(OSError):  # if it has ended, so does the conversation
                tell(self.channel, {"op": "run", "run": number}, [far.fileno()])
            far.close()
            conversation = _Conversation(near, list(select), supply, progress)
            with self._lock:
                self._running.add(conversation)
            try:
                encoder = Encoder()
                message = {
                    "op": "run",
                    "submission": encoder.encode(_packed(submission, self.challenge)),
                    "seed": seed,
                    "select": [check.id for check in select],
                    "limits": None if limits is None else asdict(limits),
                    "stop_at_failure": stop_at_failure,
                }
                tell(near, message, buffers=encoder.buffers)
                conversation.follow(time.monotonic() + (limits or self.challenge.limits).run_seconds)
            except OSError as error:
                conversation.broke(error)
            finally:
                with self._lock:
                    self._running.remove(conversation)
                conversation.end(dispose)
                with self._lock, contextlib.suppress(OSError):
                    tell(self.channel, {"op": "kill", "run": number})
        return conversation.result()

    def cancel(self) -> None:
        """End the runs that other threads have under way, at once: they return with `infrastructure` set."""
        with self._lock:
            for conversation in self._running:
                with contextlib.suppress(OSError):
                    conversation.channel.shutdown(socket.SHUT_RDWR)

    @property
    def ended(self) -> bool:
        """Whether it can serve no more runs."""
        return self.process.poll() is not None

    def dismiss(self) -> None:
        """Have the server end, with everything that it started, without waiting for it."""
        self.channel.close()

    def close(self) -> None:
        """End the server and everything that it started."""
        self.dismiss()
        try:
            self.process.wait(1.0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class _Conversation:
    """The grading process's part in one run."""

    def __init__(
        self,
        channel: socket.socket,
        select: list[Check],
        supply: Callable[[], Sandbox],
        progress: Callable[[str], None],
    ) -> None:
        self.channel = channel
        self.select = {check.id: check for check in select}
        self.supply = supply
        self.progress = progress
        self.sandbox: Sandbox | None = None
        self.outcomes: dict[str, Outcome] = {}
        self.problems: list[Problem] = []
        self.infrastructure = ""
        self.log = b""

    def follow(self, deadline: float) -> None:
        """Serve the run's process until it is done, its time is up or it has ended."""
        self._announce()
        while True:
            try:
                message, fds, _ = hear(self.channel, deadline)
                for fd in fds:  # none is ever asked of a run's process
                    os.close(fd)
                if message.get("op") == "done":
                    return
                self._react(message)
            except TimeoutError:
                self._time_is_up()
                return
            except (EOFError, OSError, ProtocolError, ValueError, KeyError, TypeError) as error:
                self.broke(error)
                return

    def broke(self, error: Exception) -> None:
        """The run cannot go on, and not for anything that the candidate did."""
        self.infrastructure = f"the process that runs the checks ended ({type(error).__name__}: {error})"

    def _react(self, message: dict[str, object]) -> None:
        match message.get("op"):
            case "sandbox":
                self._start()
            case "ending":
                ending = self.sandbox.ending() if self.sandbox is not None else "ended"
                self._forget_sandbox()
                tell(self.channel, {"op": "ending", "ending": str(ending)})
            case "problems":
                listed = message["problems"]
                found = [unpack_problem(values) for values in listed]  # type: ignore[attr-defined]
                self.problems = [problem for problem in found if problem is not None]
            case "outcome":
                outcome = unpack_outcome(message["outcome"])  # type: ignore[arg-type]
                if outcome.id not in self.select or outcome.id in self.outcomes:
                    raise ProtocolError(f"an outcome that was not asked for: {outcome.id}")
                self.outcomes[outcome.id] = outcome
                self._announce()
            case "infrastructure":
                self.infrastructure = str(message["text"])[:2000]
            case other:
                raise ProtocolError(f"an unknown message: {other}")

    def _start(self) -> None:
        self._forget_sandbox()
        try:
            self.sandbox = self.supply()
        except (SandboxError, OSError) as error:  # the second: no room on the disk, no descriptors left
            told = error if isinstance(error, SandboxError) else f"no sandbox could be started: {error}"
            tell(self.channel, {"op": "sandbox", "error": str(told)})
            return
        fds = [self.sandbox.control.fileno(), self.sandbox.data.fileno()]
        tell(self.channel, {"op": "sandbox"}, fds)

    def _announce(self) -> None:
        waiting = [check for identity, check in self.select.items() if identity not in self.outcomes]
        if waiting:
            done = len(self.outcomes) + 1
            self.progress(f"check {done} of {len(self.select)}: {waiting[0].title}")

    def _time_is_up(self) -> None:
        for identity in self.select:
            if identity not in self.outcomes:
                text = "The time for the whole run was used up during this check."
                self.outcomes[identity] = Outcome(identity, Verdict.TIMEOUT, candidate_text=text)
                return

    def _forget_sandbox(self) -> None:
        if self.sandbox is not None:
            self.sandbox.kill()
            self.log = self.sandbox.log() or self.log
            self.sandbox = None

    def end(self, dispose: Callable[[Sandbox], None]) -> None:
        """Give away what is left of the run's sandbox."""
        if self.sandbox is not None:
            dispose(self.sandbox)
            self.sandbox = None

    def result(self) -> RunResult:
        """What the run brought so far."""
        return RunResult(tuple(self.outcomes.values()), tuple(self.problems), self.infrastructure, self.log)


def _packed(submission: Submission, challenge: Challenge) -> dict[str, object]:
    return {
        "entry": submission.entry,
        "files": dict(submission.files),
        "cells": [[cell.number, cell.source] for cell in submission.cells],
        "functions": list(challenge.functions),
    }


def _environment() -> dict[str, str]:
    """Nothing of the user's environment but what an interpreter needs to start: no credentials."""
    kept = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "GRADER_LOG")
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {name: os.environ[name] for name in kept if name in os.environ} | one_thread
