"""The worker's first process. It never runs candidate code.

It starts a *loader*, which runs the submission's top level once, and has it fork a *check
process* for every check. It alone holds the control channel, and after every check it kills
what is left and puts the writable folders back.

Control messages: `load` (a submission), `begin` and `end` (a check) come in; `ready`, `began`,
`clean` and `died` go out. The process that runs candidate code answers on the data channel.
"""

from __future__ import annotations

import os
import select
import selectors
import signal
import socket
import time
from collections.abc import Callable

from . import loader, processes, scratch
from .relay import Relay
from .wire import receive, send

_CLEAN_SECONDS = 0.3
_REST_SECONDS = 0.02
_EXAMINE_SECONDS = 0.001  # after the beginning of a check, when this process is not waited for
_POLL_SECONDS = 0.02  # where the kernel has no pidfd


class Init:
    """The event loop of the first process."""

    def __init__(
        self, control: socket.socket, data: socket.socket, relay: Relay | None, config: dict[str, object]
    ) -> None:
        self.control = control
        self.data = data
        self.relay = relay
        self.own_pids = bool(config["own_pids"])
        self.kill_is_final = bool(config["kill_is_final"])
        self.folders = [str(folder) for folder in config["folders"]]  # type: ignore[attr-defined]
        self.modes = {folder: os.stat(folder).st_mode for folder in self.folders if os.path.isdir(folder)}
        self.settings = loader.Settings(
            folder=self.folders[0],
            rlimits=config["rlimits"],  # type: ignore[arg-type]
            keep_log=bool(config["keep_log"]),
        )
        self.submission: tuple[dict[str, object], list[memoryview]] | None = None  # as it came
        self.loader = 0
        self.commands: socket.socket | None = None
        self.known_files: frozenset[str] = frozenset()
        self.check = 0
        self.asked = False  # the loader was asked for a check process
        self.wanted = False  # a check is to begin and waits for its process
        self.watches: dict[int, int] = {}  # process -> its pidfd
        self.files: scratch.Listing = {}
        self.rest: tuple[str, ...] = ()  # of the loader, while a check goes on
        self.kept: str | None = ""  # what the loader could keep state in; None: to be examined
        self.selector = selectors.DefaultSelector()

    def run(self) -> None:
        """Serve until the control channel closes, then end everything."""
        self.selector.register(self.control, selectors.EVENT_READ, None)
        if self.relay is not None:
            self.relay.register(self.selector)
        send(self.control, {"op": "ready"})
        self._start_loader()
        while self._step():
            pass
        self._kill_all()

    def _step(self) -> bool:
        unwatched = [pid for pid in (self.check, self.loader) if pid and pid not in self.watches]
        timeout = _EXAMINE_SECONDS if self.kept is None else _POLL_SECONDS if unwatched else None
        events = self.selector.select(timeout)
        if not events and self.kept is None:
            self._examine()
        for key, _ in events:
            if self.relay is not None and key.data is self.relay:
                if not self.relay.ready(key.fileobj):
                    return False
            elif key.fileobj is self.control:
                if not self._command():
                    return False
            elif key.fileobj is self.commands:
                self._forked()
            elif key.data in (self.check, self.loader):
                self._died(key.data)
        for pid in unwatched:
            if processes.stat_fields(pid)[:1] in ([], ["Z"]) and pid in (self.check, self.loader):
                self._died(pid)
        processes.reap()
        return True

    def _command(self) -> bool:
        try:
            message, buffers = receive(self.control)
        except (EOFError, OSError):
            return False
        operation = message["op"]
        if operation == "load":
            self.submission = message, buffers
            self._load()
        elif operation == "begin":
            self._begin()
        elif operation == "end":
            self._end()
        return True

    def _start_loader(self) -> None:
        """Fork the process that will load the submission, ahead of it if possible."""
        scratch.empty(self.modes)
        near, far = socket.socketpair()
        # By their names in /proc, so nothing whose name others have too, such as a selector.
        kept = (0, 1, 2, self.data.fileno(), far.fileno())
        self.known_files = processes.open_files(kept) | {os.devnull}
        pid = os.fork()
        if pid == 0:
            near.close()
            self._close_in_child()
            loader.run(self.data, far, self.settings)
            os._exit(0)
        far.close()
        self.loader, self.commands = pid, near
        self._watch(pid)
        self.selector.register(near, selectors.EVENT_READ, None)

    def _load(self) -> None:
        """Give the loader the submission, have it report on the data channel, and fork."""
        if self.commands is None or self.submission is None:
            return
        try:
            send(self.commands, *self.submission)
        except OSError:
            self._lose_commands()
        self._fork()

    def _close_in_child(self) -> None:
        self.control.close()
        self.selector.close()
        if self.relay is not None:
            self.relay.close()

    def _fork(self) -> None:
        """Ask the loader for a check process; `_forked` hears of it."""
        if self.commands is None:
            return
        self.asked = True
        try:
            self.commands.sendall(b"f")
        except OSError:
            self._lose_commands()

    def _forked(self) -> None:
        assert self.commands is not None
        try:
            answer = self.commands.recv(8, socket.MSG_DONTWAIT)
        except OSError:
            answer = b""
        # The loader runs candidate code, so it may say anything at any time.
        if len(answer) < 8 or not self.asked:
            self._lose_commands()
            return
        self.asked = False
        self.check = int.from_bytes(answer, "big")
        self._watch(self.check)
        if not self.files:
            self.files = scratch.listing(self.folders)
        if self.wanted:
            self._begin()

    def _lose_commands(self) -> None:
        """The loader forks no more."""
        if self.commands is not None:
            self.selector.unregister(self.commands)
            self.commands.close()
        self.commands = None
        if self.wanted:
            self._begin()

    def _begin(self) -> None:
        if self.submission is None:  # there is nothing to call, but it can be probed
            self.submission = {"submission": None}, []
            self._load()
        self.wanted = not self.check and self.commands is not None
        if self.check:
            self._await_rest()
            self.kept = None
            self._flush()
            send(self.control, {"op": "began"})
        elif not self.wanted:
            send(self.control, {"op": "died"})

    def _await_rest(self) -> None:
        """Note how the loader rests once it waits for the next command: if it runs before the check ends, or
        is sent a signal, it may come to know something of it."""
        end = time.monotonic() + _REST_SECONDS
        self.rest, before = processes.rest(self.loader), None
        # Twice the same, since a process that is about to wait says so before it is counted.
        while self.rest and not (self.rest == before and self.rest[0].startswith("State:\tS")):
            if time.monotonic() > end:
                self.rest = ("it did not come to rest",)  # which it will not be found in either
                return
            os.sched_yield()
            self.rest, before = processes.rest(self.loader), self.rest

    def _examine(self) -> None:
        """Look through the loader. As it does not run during a check, once is enough, at any time."""
        self.kept = processes.keeps_state(self.loader, self.known_files)

    def _watch(self, pid: int) -> None:
        try:
            self.watches[pid] = os.pidfd_open(pid)
        except (AttributeError, OSError):
            return  # it is polled
        self.selector.register(self.watches[pid], selectors.EVENT_READ, pid)

    def _forget(self, pid: int) -> None:
        if pid in self.watches:
            self.selector.unregister(self.watches[pid])
            os.close(self.watches.pop(pid))
        if pid == self.check:
            self.check = 0
        if pid == self.loader:
            self.loader = 0

    def _died(self, pid: int) -> None:
        """A process has ended that was not told to. A loader may do so while its check goes on."""
        matters = pid == self.check or not self.check
        self._forget(pid)
        if matters:
            self._flush()
            send(self.control, {"op": "died"})

    def _flush(self) -> None:
        if self.relay is not None:
            self.relay.flush()

    def _end(self) -> None:
        """Kill the check with all that it started, and leave things as they were before it."""
        ended = self.check
        # A process that was sent SIGKILL starts no other, so where it has started none before, the
        # next check's process is forked while this one goes.
        alone = self._kill_alone()
        rested = processes.rest(self.loader) == self.rest
        if self.kept is None:
            self._examine()
        reason = self.kept or ""
        ahead = alone and rested and not reason
        if ahead:
            self._fork()
        clean = self._ended(ended)
        if not ahead:
            clean = processes.kill_descendants(os.getpid(), {self.loader}, _CLEAN_SECONDS) and clean
        if not rested:
            reason = reason or "a process that should have waited"
        if not clean:
            reason = "processes that would not end"
        if not reason and scratch.changed(self.folders, self.files):
            reason = "files"
        if reason and self.submission is not None:
            clean = self._reload()
        self._flush()
        send(self.control, {"op": "clean", "ok": clean, "reloading": bool(reason), "left": reason})
        if clean and not reason and not ahead:
            self._fork()

    def _kill_alone(self) -> bool:
        """Kill the check; True if nothing else needs to be killed, and nothing can come to be."""
        if not self.check:
            return False
        processes.kill(self.check)
        if not self.kill_is_final or self.check not in self.watches:
            return False
        return not processes.descendants(os.getpid(), {self.check, self.loader})

    def _ended(self, pid: int) -> bool:
        """Wait for a process that was killed; False if it still lives after the time for that."""
        ended = True
        if pid in self.watches:
            ended = bool(select.select([self.watches[pid]], [], [], _CLEAN_SECONDS)[0])
        if pid:
            self._forget(pid)
        return ended

    def _reload(self) -> bool:
        """Start the submission afresh, from a process that never ran any of it."""
        self._kill_all()
        if not processes.kill_descendants(os.getpid(), (), _CLEAN_SECONDS):
            return False
        self.files = {}
        try:
            self._start_loader()
        except OSError:
            return False
        self._load()
        return True

    def _kill_all(self) -> None:
        self.wanted = False
        self._lose_commands()
        for pid in (self.check, self.loader):
            self._forget(pid)
        if self.own_pids:
            # Everything but this process and the namespace's own first one, atomically.
            _quietly(lambda: os.kill(-1, signal.SIGKILL))
        else:
            processes.kill_descendants(os.getpid(), (), _CLEAN_SECONDS)
        processes.reap()


def _quietly(action: Callable[[], None]) -> None:
    try:
        action()
    except (ProcessLookupError, PermissionError):
        pass
