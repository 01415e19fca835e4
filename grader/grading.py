"""Grading: from a path to a report."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from grader.bank import Bank
from grader.checks.client import ChecksServer
from grader.fitness import Gate
from grader.model import Challenge, Check, Environment, Limits, Report, Submission
from grader.sandbox.base import Backend, Sandbox, Specification
from grader.sandbox.choose import choose
from grader.sandbox.pool import Pool
from grader.scoring import score
from grader.seeds import new_seed, parse_seed
from grader.submission import read
from grader.version import version

Progress = Callable[[str], None]


def grade(
    slug: str,
    path: str | Path,
    *,
    bank: Bank | None = None,
    sandbox: str = "auto",
    runtime: str | None = None,
    isolation: str = "standard",
    seed: str | None = None,
    keep_log: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Grade one submission.

    `slug` names a challenge of `bank` (default: the grader's own), `path` a .py, .ipynb, folder or
    .zip. `sandbox` is "auto", "docker", "bubblewrap" or "process"; `runtime` one of Docker's;
    `isolation` "standard" or "strict". `seed` repeats a run; `keep_log` keeps the submission's own
    output in the report. `progress` is told what is being done, from this or another thread.

    Raises ChallengeError, SubmissionError or SandboxError where there is nothing to report on. What
    goes wrong later is in the report, as status "infrastructure".
    """
    with Session(bank=bank, sandbox=sandbox, runtime=runtime, isolation=isolation) as session:
        return session.grade(slug, path, seed=seed, keep_log=keep_log, progress=progress)


class Session:
    """Grades many submissions in one process: checks are collected once, sandboxes started ahead.

    `warm` sandboxes are kept ready for each kind of challenge. `grade` may be called from several
    threads at once. `backend` is used instead of one that is chosen by name. Use it as a context manager:
    leaving it ends every process that it started.
    """

    def __init__(
        self,
        *,
        bank: Bank | None = None,
        sandbox: str = "auto",
        runtime: str | None = None,
        isolation: str = "standard",
        warm: int = 0,
        backend: Backend | None = None,
    ) -> None:
        # Started first: what it imports takes longer than all that follows here.
        spare = ChecksServer()
        self.bank = bank or Bank.default()
        try:
            self.backend = backend or choose(sandbox, runtime, isolation)
        except BaseException:
            spare.close()
            raise
        self._spare: ChecksServer | None = spare
        self._pool = Pool(self.backend, warm)
        self._gate = Gate(self.backend)
        self._servers: dict[str, ChecksServer] = {}
        self._lock = threading.Lock()
        self._pool.reap()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def cancel(self) -> None:
        """Have what other threads are grading return at once, as reports with status infrastructure."""
        with self._lock:
            servers = [*self._servers.values()]
        for server in servers:
            server.cancel()

    def close(self) -> None:
        """End the sandboxes and the checks' servers."""
        servers = [*self._servers.values(), *([self._spare] if self._spare else [])]
        for server in servers:
            server.dismiss()
        self._pool.close()
        for server in servers:
            server.close()

    def grade(
        self,
        slug: str,
        path: str | Path | Submission,
        *,
        seed: str | None = None,
        keep_log: bool = False,
        progress: Progress | None = None,
        limits: Limits | None = None,
        select: Callable[[Sequence[Check]], Sequence[Check]] | None = None,
        stop_at_failure: bool = False,
    ) -> Report:
        """Grade one submission; see the function of this name. It may be given as it was read.

        For proving a bank: `limits` replace the challenge's; `select` is given the checks and says which
        run, and in which order; with `stop_at_failure` nothing runs after the first that does not pass.
        A check that did not run has the verdict `not_run`, and earns nothing.
        """
        tell = progress or (lambda text: None)
        seed = new_seed() if seed is None else parse_seed(seed)
        started, clock = datetime.now(UTC), time.monotonic()
        if limits is None and (outline := self.bank.outline(slug)) is not None:
            self._pool.expect(Specification(*outline, keep_log), tell)  # it starts while the rest is read
        challenge = self.bank.get(slug)
        submission = path if isinstance(path, Submission) else read(Path(path))
        specification = Specification(challenge.requires, limits or challenge.limits, keep_log)
        supply = _Supply(self._pool, self._gate, specification, tell)
        supply.start()
        server = self._server(challenge)
        checks = server.checks()
        result = server.run(
            submission,
            seed=seed,
            select=checks if select is None else select(checks),
            supply=supply.take,
            progress=tell,
            dispose=supply.dispose,
            limits=limits,
            stop_at_failure=stop_at_failure,
        )
        return score(
            challenge=challenge,
            submission=submission,
            checks=checks,
            outcomes=result.outcomes,
            problems=result.problems,
            environment=supply.environment or Environment(self.backend.name, self.backend.isolation, "", ()),
            seed=seed,
            started=started.isoformat(timespec="seconds"),
            seconds=time.monotonic() - clock,
            grader_version=version(),
            official=self.backend.isolation != "none",
            infrastructure=result.infrastructure,
            log=supply.log or result.log,
        )

    def _server(self, challenge: Challenge) -> ChecksServer:
        with self._lock:
            known = self._servers.get(challenge.slug)
            if known is not None:
                same = known.challenge is not None and known.challenge.digest == challenge.digest
                if same and not known.ended:
                    return known
                known.close()
            server, self._spare = self._spare or ChecksServer(), None
            server.collect(challenge, self.bank.datasets)
            self._servers[challenge.slug] = server
            return server


class _Supply:
    """Sandboxes for one run, and what the first says of where the run took place."""

    def __init__(self, pool: Pool, gate: Gate, specification: Specification, progress: Progress) -> None:
        self.pool = pool
        self.gate = gate
        self.specification = specification
        self.progress = progress
        self.environment: Environment | None = None
        self.log = b""

    def start(self) -> None:
        """Have the first sandbox started in the background."""
        self.pool.expect(self.specification, self.progress)

    def take(self) -> Sandbox:
        """The next sandbox. Raises SandboxError, also where it does not deny what it must."""
        sandbox = self.pool.take(self.specification, self.progress)
        self.environment = self.environment or sandbox.environment
        try:
            self.gate.demand(self.specification.requires, sandbox.environment, self.progress)
        except BaseException:
            sandbox.kill()
            raise
        return sandbox

    def dispose(self, sandbox: Sandbox) -> None:
        """Kill the last sandbox: at once where its log is wanted, else while the report is written.

        Then have those that the run has used up replaced.
        """
        if self.specification.keep_log:
            sandbox.kill()
            self.log = sandbox.log()
        else:
            self.pool.dispose(sandbox)
        self.pool.refill(self.specification, self.progress)
