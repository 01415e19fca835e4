"""Processes of the sandbox as the kernel lists them: descendants, kills, traces of state."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
PIPES = ("pipe:", "socket:", "/memfd:", "anon_inode:")


def prctl(option: int, value: int) -> None:
    """Call prctl(2); silently nothing where the system has none."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


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


def descendants(root: int, spare: int | None = None) -> list[int]:
    """Living processes below `root`, less `spare` itself (but not less what `spare` started)."""
    children: dict[int, list[int]] = {}
    dead = set()
    for pid in all_pids():
        fields = stat_fields(pid)
        if fields:
            children.setdefault(int(fields[1]), []).append(pid)
            if fields[0] in "ZX":
                dead.add(pid)
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        waiting += below
        found += [pid for pid in below if pid != spare and pid not in dead]
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


def kill_descendants(root: int, spare: int | None, seconds: float) -> bool:
    """Kill all below `root` but `spare`; False if something still lives after `seconds`."""
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
            for line in file:
                rights = line.split(None, 2)[1]
                if rights[3:4] == b"s" and b"w" in rights:
                    return "shared memory"
        if len(os.listdir(f"/proc/{pid}/task")) > 1:
            return "a thread"
        for name in os.listdir(f"/proc/{pid}/fd"):
            link = os.readlink(f"/proc/{pid}/fd/{name}")
            if link not in known_files and not (link.startswith("/") and _read_only(pid, name)):
                return "an open file"
    except (OSError, IndexError):
        return "an unreadable process"
    return ""


def _read_only(pid: int, name: str) -> bool:
    with open(f"/proc/{pid}/fdinfo/{name}") as file:
        for line in file:
            if line.startswith("flags:"):
                return int(line.split()[1], 8) & os.O_ACCMODE == os.O_RDONLY
    return False


def open_files(pid: int | str = "self") -> frozenset[str]:
    """The links of a process's descriptors."""
    folder = f"/proc/{pid}/fd"
    links = set()
    for name in os.listdir(folder):
        try:
            links.add(os.readlink(f"{folder}/{name}"))
        except OSError:
            continue
    return frozenset(links)
