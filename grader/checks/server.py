"""The preloaded process of one challenge: collects its checks once, then forks for every submission.

It has no engine, no credentials and no submission's folder on its path. Messages in, on the
socket that it is started with: `collect` (a challenge, once), `run` (with the socket of one
grading) and `kill`. Out: `collected`, or `broken` with what is wrong with the challenge.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

import grader
from grader.checks import confine
from grader.checks.link import hear, pack_check, tell
from grader.checks.plugin import Plugin
from grader.checks.run import Run
from grader.model import Limits
from grader.worker import processes
from grader.worker.wire import Decoder, Encoder

# What of pytest a check cannot use anyway; each costs time in every process.
_OFF = (
    "terminal cacheprovider junitxml pastebin doctest unittest faulthandler logging stepwise "
    "debugging setuponly setupplan threadexception unraisableexception legacypath capture"
).split()


class Server:
    """Serves gradings of one challenge until its socket closes."""

    def __init__(self, channel: socket.socket, config: dict[str, Any]) -> None:
        self.channel = channel
        self.debug = bool(config["debug"])
        self.limits = Limits(**config["limits"])
        self.root = Path(config["root"])
        data = Path(config["data"]) if config["data"] else None
        self.plugin = Plugin(data, frozenset(config["metrics"]), self.limits.seconds)
        self.plugin.serve = self.serve
        self.children: dict[int, int] = {}
        self.ahead: tuple[int, socket.socket] | None = None  # a fork that waits for its run

    def run(self) -> int:
        """Collect, then serve; pytest's own exit code is of no interest."""
        code = pytest.main(
            [
                *("-c", str(Path(__file__).with_name("pytest.ini")), "--rootdir", str(self.root)),
                *("--confcutdir", str(self.root / "checks"), "--import-mode=prepend", "--assert=plain"),
                *(word for name in _OFF for word in ("-p", f"no:{name}")),
                str(self.root / "checks"),
            ],
            plugins=[self.plugin],
        )
        return int(code)

    def serve(self, session: pytest.Session) -> None:
        """What runs in place of pytest's own loop over the checks."""
        checks = self.plugin.checks(session)
        if not checks:
            self.plugin.broken.append(f"{self.root / 'checks'}: no checks were found")
        if self.plugin.broken:
            tell(self.channel, {"op": "broken", "errors": [line[:2000] for line in self.plugin.broken[:20]]})
            return
        confinement = confine.prepare([self.root, Path(grader.__file__).parent, *self.plugin.folders()])
        gc.collect()
        gc.freeze()
        tell(self.channel, {"op": "collected", "checks": [pack_check(check) for check in checks]})
        while True:
            if not self.children and self.ahead is None:
                self._fork(session, confinement)
            try:
                message, fds, _ = hear(self.channel)
            except (EOFError, OSError):
                break
            if message["op"] == "run":
                self._start(session, message["run"], fds[0], confinement)
            elif message["op"] == "kill" and message["run"] in self.children:
                pid = self.children.pop(message["run"])
                processes.kill(pid)
                os.waitpid(pid, 0)  # only now may its number be given to another
        for pid in [*self.children.values(), *([self.ahead[0]] if self.ahead else [])]:
            processes.kill(pid)

    def _start(self, session: pytest.Session, number: int, fd: int, confinement: confine.Confinement) -> None:
        if self.ahead is None:
            self._fork(session, confinement)
        assert self.ahead is not None
        pid, handover = self.ahead
        self.ahead = None
        with handover, contextlib.suppress(OSError):  # if it has ended, so does its run
            socket.send_fds(handover, [b"+"], [fd])
        self.children[number] = pid
        os.close(fd)

    def _fork(self, session: pytest.Session, confinement: confine.Confinement) -> None:
        """Fork the process of the next run, which waits for its socket."""
        near, far = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            near.close()
            self._grade(session, far, confinement)
        far.close()
        self.ahead = pid, near

    def _grade(
        self, session: pytest.Session, handover: socket.socket, confinement: confine.Confinement
    ) -> NoReturn:
        processes.prctl(processes.PR_SET_PDEATHSIG, signal.SIGKILL)
        self.channel.close()
        try:
            _rehearse()
            confinement.apply()
            with handover:
                _, fds, _, _ = socket.recv_fds(handover, 1, 1)
            if not fds:
                os._exit(0)  # the server has ended
            channel = socket.socket(fileno=fds[0])
            message, _, buffers = hear(channel)
            submission = Decoder(buffers).decode(message["submission"])
            assert isinstance(submission, dict)
            limits = self.limits if message["limits"] is None else Limits(**message["limits"])
            if message["limits"] is not None:
                self.plugin.cap(limits.seconds)
            run = Run(channel, submission, message["seed"], limits, debug=self.debug)
            stop = message["stop_at_failure"] is True
            self.plugin.run_checks(session, run, message["select"], stop_at_failure=stop)
            os._exit(0)
        finally:
            # The grading process reads the missing `done` as what it is; staff see why.
            sys.excepthook(*sys.exc_info())
            os._exit(1)


def _rehearse() -> None:
    """Send and receive a message while nobody waits.

    This process is a fresh fork: the first use of every page costs a copy.
    """
    near, far = socket.socketpair()
    with near, far:
        encoder = Encoder()
        tell(near, {"op": "run", "submission": encoder.encode({"": [0.5]})}, buffers=encoder.buffers)
        message, _, buffers = hear(far)
        Decoder(buffers).decode(message["submission"])


def main() -> None:
    """Entry of the process: the argument is a descriptor, over which the configuration comes."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    for module in ("numpy.random", "numpy.ma"):  # while nobody waits: nearly every challenge needs them
        importlib.import_module(module)
    try:
        message, _, _ = hear(channel)
    except EOFError:
        return
    for module in message["config"]["preload"]:
        importlib.import_module(module)
    Server(channel, message["config"]).run()
    # Nothing of the checks' modules has a say in how this process ends.
    os._exit(0)
