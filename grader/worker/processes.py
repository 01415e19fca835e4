"""Processes of the sandbox as the kernel lists them: descendants, kills, traces of state."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import struct
import sys
import time
from collections.abc import Container, Iterable

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
_OF_REST = ("State:", "SigPnd:", "ShdPnd:", "voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:")
_SHARED_AND_WRITABLE = re.compile(rb"^\S+ .w.s", re.MULTILINE)


def prctl(option: int, value: int) -> None:
    """Call prctl(2); silently nothing where the system has none."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def filter_calls(program: bytes) -> bool:
    """Hold this process and its children to a system call filter, an array of struct sock_filter."""
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("=HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer))
    return bool(
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, described, 0, 0) == 0
    )


def stat_fields(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on, or an empty list when the process is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            text = file.read().decode("latin-1")
    except OSError:
        return []
    return text[text.rindex(")") + 2 :].split()


def memory_bytes(name: str) -> int:
    """A figure of /proc/self/status, such as VmData, which RLIMIT_DATA limits; 0 without /proc."""
    try:
        with open("/proc/self/status") as file:
            return next((int(line.split()[1]) << 10 for line in file if line.startswith(f"{name}:")), 0)
    except OSError:
        return 0


def all_pids() -> list[int]:
    """Every process that can be seen; empty without /proc."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def descendants(root: int, spare: Container[int] = ()) -> list[int]:
    """Living processes below `root`, less those of `spare` (but not less what they started)."""
    children: dict[int, list[int]] = {}
    dead = set()
    pids = all_pids()
    if all(pid in spare or pid in (1, root) for pid in pids):
        return []  # as in a PID namespace of one's own, after most checks
    for pid in pids:
        fields = stat_fields(pid)
        if fields:
            children.setdefault(int(fields[1]), []).append(pid)
            if fields[0] in "ZX":
                dead.add(pid)
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        waiting += below
        found += [pid for pid in below if pid not in spare and pid not in dead]
    return found


def kill(pid: int) -> None:
    """SIGKILL to one process that may be gone."""
    try:
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def reap() -> None:
    """Collect every child that has ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def kill_descendants(root: int, spare: Container[int], seconds: float) -> bool:
    """Kill all below `root` but those of `spare`; False if something still lives after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        found = descendants(root, spare)
        if not found:
            return True
        if time.monotonic() > end:
            return False
        for pid in found:
            kill(pid)
        reap()
        time.sleep(0.0005)


def alone() -> bool:
    """Whether only this process and its ancestors exist, as in a fresh PID namespace."""
    ancestors, pid = {os.getpid()}, os.getpid()
    while pid > 1:
        fields = stat_fields(pid)
        pid = int(fields[1]) if fields else 0
        ancestors.add(pid)
    pids = all_pids()
    return bool(pids) and len(pids) <= 4 and set(pids) <= ancestors


def keeps_state(pid: int, known_files: frozenset[str]) -> str:
    """What would let one fork of `pid` leave something for the next; empty if nothing would.

    Shared writable memory, more than one thread, and descriptors beyond `known_files`
    (the links of /proc/PID/fd) all outlive a fork. A process that cannot be examined counts.
    """
    try:
        with open(f"/proc/{pid}/maps", "rb") as file:
            if _SHARED_AND_WRITABLE.search(file.read()):
                return "shared memory"
        if len(os.listdir(f"/proc/{pid}/task")) > 1:
            return "a thread"
        if not open_files(pid=pid) <= known_files:
            return "an open file"
    except OSError:
        return "an unreadable process"
    return ""


def rest(pid: int) -> tuple[str, ...]:
    """What of /proc/PID/status differs if the process has run or was sent a signal meanwhile.

    Its state, its context switches, the signals that wait. gVisor shows only the first.
    """
    try:
        with open(f"/proc/{pid}/status") as file:
            return tuple(line for line in file if line.startswith(_OF_REST))
    except OSError:
        return ()


def open_files(numbers: Iterable[int] | None = None, pid: int | str = "self") -> frozenset[str]:
    """The links of a process's descriptors, or of those with these numbers."""
    folder = f"/proc/{pid}/fd"
    links = set()
    for name in os.listdir(folder) if numbers is None else numbers:
        try:
            links.add(os.readlink(f"{folder}/{name}"))
        except OSError:
            continue
    return frozenset(links)
