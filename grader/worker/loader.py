"""The process that runs a submission's top level, and the check processes that it forks."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from dataclasses import dataclass, field

from . import loading, processes, service
from .wire import Decoder, receive, send


@dataclass(frozen=True)
class Settings:
    """`folder`: where the submission's files lie, and the working directory.

    `keep_log`: what it prints goes to the staff's log.
    """

    folder: str
    rlimits: dict[str, int] = field(default_factory=dict)
    keep_log: bool = False


def run(data: socket.socket, commands: socket.socket, settings: Settings) -> None:
    """Load the submission that comes on `commands`, report on `data`, then fork a check process for every
    byte on `commands`. Without a submission there is no report."""
    _become_candidate(settings)
    message, buffers = receive(commands)
    module = None
    if message["submission"] is not None:
        submission = Decoder(buffers).decode(message["submission"])
        assert isinstance(submission, dict)
        loading.write_files(submission, settings.folder)
        module, problems = loading.load({**submission, "folder": settings.folder})
        names = list(submission["functions"])
        missing = loading.missing(module, names)
        failed = any(problem["kind"] == "load" for problem in problems)
        if not failed:
            problems += missing
        usable = not failed or len(missing) < len(names)
        send(data, {"op": "loaded", "problems": problems[:50], "usable": usable})
    gc.freeze()
    while commands.recv(1):
        pid = os.fork()
        if pid == 0:
            commands.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            service.Service(module, data, settings.folder).run()
            os._exit(0)
        commands.sendall(pid.to_bytes(8, "big"))


def _become_candidate(settings: Settings) -> None:
    """From here on this process is the candidate's: limited, silent, in a session of its own."""
    os.setsid()
    processes.prctl(processes.PR_SET_DUMPABLE, 1)
    # Check processes are not waited for; the kernel collects them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    if settings.keep_log:
        os.dup2(2, 1)
        # The process is killed after its check, so nothing may wait in a buffer.
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    else:
        os.dup2(null, 1)
        os.dup2(null, 2)
    if null > 2:
        os.close(null)
    for name, field_name in (("DATA", "VmData"), ("AS", "VmSize")):
        if name in settings.rlimits:
            import resource

            # The submission's share comes on top of what the interpreter and its packages hold.
            limit = settings.rlimits[name] + processes.memory_bytes(field_name)
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
