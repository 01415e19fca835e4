"""The plain sandbox made of a local process and two socket pairs; shared by two backends."""

from __future__ import annotations

import collections
import os
import platform
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from grader.errors import SandboxError
from grader.model import Environment
from grader.sandbox.base import Backend, Ending
from grader.sandbox.distributions import Distribution

LOG_BYTES = 65536


class LocalSandbox:
    """A worker that runs as a child of this process.

    `out_of_memory` asks the kernel, `cleanup` removes what is left after the process has ended.
    `lost_if_killed`: nothing inside can signal the process, so a signal that ended it came from elsewhere.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        control: socket.socket,
        data: socket.socket,
        environment: Environment,
        *,
        out_of_memory: Callable[[], bool] = lambda: False,
        kill_rest: Callable[[], None] = lambda: None,
        cleanup: Callable[[], None] = lambda: None,
        lost_if_killed: bool = False,
    ) -> None:
        self.process = process
        self._lost_if_killed = lost_if_killed
        self.control = control
        self.data = data
        self.environment = environment
        self._out_of_memory = out_of_memory
        self._kill_rest = kill_rest
        self._cleanup = cleanup
        self._ending: Ending | None = None
        self._lock = threading.Lock()
        self._log: collections.deque[bytes] = collections.deque()
        self._reader = threading.Thread(target=self._read_log, name="sandbox log", daemon=True)
        self._reader.start()

    def kill(self) -> None:
        """See the protocol."""
        with self._lock:
            if self._ending is not None:
                return
            # Asked before as well: a scope of systemd's goes with its last process.
            out_of_memory = self._out_of_memory()
            lost = self._lost_if_killed and (self.process.poll() or 0) < 0
            self.process.kill()
            self.process.wait()
            self._kill_rest()
            out_of_memory = out_of_memory or self._out_of_memory()
            self._ending = Ending.MEMORY if out_of_memory else Ending.LOST if lost else Ending.ENDED
            self.control.close()
            self.data.close()
            self._cleanup()
            self._reader.join(1.0)

    def ending(self) -> Ending:
        """See the protocol."""
        self.kill()
        assert self._ending is not None
        return self._ending

    def log(self) -> bytes:
        """See the protocol."""
        return b"".join(self._log)[-LOG_BYTES:]

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        size = 0
        with self.process.stderr as stream:
            while piece := os.read(stream.fileno(), LOG_BYTES):
                self._log.append(piece)
                size += len(piece)
                while size - len(self._log[0]) >= LOG_BYTES:
                    size -= len(self._log.popleft())


def environment(backend: Backend, found: tuple[Distribution, ...]) -> Environment:
    """Where a worker of `backend` runs: with the grader's own interpreter and distributions."""
    return Environment(
        sandbox=backend.name,
        isolation=backend.isolation,
        python=platform.python_version(),
        distributions=tuple((each.name, each.version) for each in found),
    )


def start(
    command: Callable[[int, int], list[str]],
    *,
    variables: Mapping[str, str],
    pass_fds: tuple[int, ...] = (),
    cwd: Path | None = None,
    what: str,
) -> tuple[subprocess.Popen[bytes], socket.socket, socket.socket]:
    """Start a worker. `command` gets the descriptors of the worker's control and data ends.

    Raises SandboxError if the program cannot be started.
    """
    control, control_end = socket.socketpair()
    data, data_end = socket.socketpair()
    with control_end, data_end:
        try:
            process = subprocess.Popen(
                command(control_end.fileno(), data_end.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=dict(variables),
                cwd=cwd,
                pass_fds=(control_end.fileno(), data_end.fileno(), *pass_fds),
                start_new_session=True,
            )
        except OSError as error:
            control.close()
            data.close()
            raise SandboxError(f"the sandbox {what} did not start: {error}") from None
    return process, control, data
