"""Whether a sandbox denies here what it must: tried inside it once for each engine, kernel and image."""

from __future__ import annotations

import functools
import hashlib
import json
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import platformdirs

from grader.errors import SandboxError
from grader.model import Environment
from grader.sandbox import seccomp
from grader.sandbox.base import Backend, Specification
from grader.sandbox.probes import NAMES, Finding, State, judge
from grader.version import version

Progress = Callable[[str], None]
PROBE_SECONDS = 60.0
_MOST_REMEMBERED = 50


def probe(
    backend: Backend, requires: tuple[str, ...] = ("numpy",), progress: Progress = lambda text: None
) -> tuple[Finding, ...]:
    """What a sandbox of this backend denies, tried from inside it (grader/worker/probes.py).

    Raises SandboxError if it does not start or does not answer.
    """
    # numpy, which nobody else needs in this process.
    from grader.checks.candidate import CandidateError
    from grader.checks.worker import Worker, WorkerLost

    progress(f"trying from inside {backend.name} what it must deny")
    specification = Specification(requires)
    backend.prepare(specification, progress)
    sandbox = backend.start(specification)
    worker = Worker(sandbox.control, sandbox.data)
    worker.allowed = PROBE_SECONDS
    try:
        worker.load(None, 0.0)
        worker.begin()
        answers = worker.probe(isolated=backend.isolation != "none")
    except (WorkerLost, CandidateError) as error:
        raise SandboxError(f"the sandbox {backend.name} could not be probed: {error}") from None
    finally:
        sandbox.kill()
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise SandboxError(f"the sandbox {backend.name} gave no list of probes")
    runtime = sandbox.environment.runtime
    return judge(answers, backend.name, hostname=socket.gethostname(), runtime=runtime)


class Gate:
    """Lets candidates' code only into sandboxes that deny what they must.

    A sandbox that does is remembered in `memory`, by everything that this depends on; one that does not is
    tried again each time, since somebody may have mended it.
    """

    def __init__(self, backend: Backend, memory: Path | None = None) -> None:
        self.backend = backend
        self.memory = memory or Path(platformdirs.user_cache_dir("ml-grader")) / "probes.json"
        self._fit: set[str] = set()
        self._lock = threading.Lock()

    def demand(self, requires: tuple[str, ...], where: Environment, progress: Progress) -> None:
        """Raises SandboxError, with what is not denied, if the sandbox that `where` describes is not fit."""
        if where.isolation == "none":
            return  # it promises nothing, and its reports say so
        key = self._key(requires, where)
        with self._lock:
            if key in self._fit or key in self._remembered():
                self._fit.add(key)
                return
            findings = probe(self.backend, requires, progress)
            failed = [finding for finding in findings if finding.state is State.FAILED]
            if failed:
                raise SandboxError(_refusal(self.backend.name, failed))
            self._fit.add(key)
            self._remember(key)

    @functools.cached_property
    def _profile(self) -> str:
        return json.dumps(seccomp.load_profile(), sort_keys=True)

    def _key(self, requires: tuple[str, ...], where: Environment) -> str:
        parts = [
            *(version(), *NAMES, self.backend.name, self.backend.machine()),
            *(where.image, where.runtime, where.python, *requires),
            self._profile,
        ]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _remembered(self) -> list[str]:
        try:
            keys = json.loads(self.memory.read_text(encoding="utf-8"))["fit"]
        except (OSError, ValueError, KeyError, TypeError):
            return []  # not there, or not ours: it is tried again
        return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []

    def _remember(self, key: str) -> None:
        keys = [*self._remembered(), key][-_MOST_REMEMBERED:]
        try:
            self.memory.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.memory.parent) as folder:
                written = Path(folder, self.memory.name)
                written.write_text(json.dumps({"fit": keys}), encoding="utf-8")
                written.replace(self.memory)
        except OSError:
            pass  # it is only tried once more next time


def _refusal(name: str, failed: list[Finding]) -> str:
    listed = [f"  {finding.title}{f' ({finding.detail})' if finding.detail else ''}" for finding in failed]
    return "\n".join(
        [
            f"the sandbox {name} does not deny here what it must, so no submission is let in:",
            *listed,
            "`grader doctor --probe` shows everything that was tried. Mend it or choose another sandbox;",
            "your own code can be checked with --sandbox process.",
        ]
    )
