"""The process that parses a candidate's answers gives up what it does not need, before the first of them.

Its decoder and the libraries behind it are what a hostile answer could break. So on Linux the
process keeps no capabilities, can start no other process or program, open no socket, signal
nobody, write no file (a system call filter), and can read little more than Python and the one
challenge (Landlock, where the kernel has it).

Sources: landlock(7), seccomp(2), capabilities(7).
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import SandboxError
from grader.sandbox import seccomp
from grader.worker import processes

_CAPABILITIES_3 = 0x20080522
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every machine
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# How many rights to files the kernel knows by version, from 1 on; and the later kinds of right.
_FILE_RIGHTS = (13, 14, 15, 15, 16)
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6

# Shared libraries and time zones, which packages load when they are first needed.
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/etc/localtime")
_PROCESSORS = "/sys/devices/system/cpu"

_DENIED = frozenset(
    "execve execveat fork vfork socket socketpair connect bind listen accept accept4 "
    "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_send_signal "
    "creat openat2 link linkat symlink symlinkat rename renameat renameat2 unlink unlinkat mkdir mkdirat "
    "rmdir mknod mknodat chmod fchmod fchmodat fchmodat2 chown fchown fchownat lchown truncate utime utimes "
    "utimensat futimesat chdir fchdir setuid setgid setreuid setregid setresuid setresgid setgroups "
    "setfsuid setfsgid "
    "setsid setpgid capset landlock_add_rule landlock_create_ruleset landlock_restrict_self".split()
)
_THREAD = 0x00010000  # CLONE_THREAD
_NAMESPACES = 0x7E020000  # every CLONE_NEW* flag
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NARROWED = (
    ("clone", 0, _THREAD | _NAMESPACES, _THREAD),  # threads only
    ("open", 1, _WRITING, 0),
    ("openat", 2, _WRITING, 0),
)


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a process will be held by; made once, then applied in every fork."""

    program: bytes  # for seccomp; empty where there is none for this machine
    ruleset: int  # Landlock's descriptor, or -1

    def apply(self) -> None:
        """Confine the calling process for good. Raises SandboxError if the kernel refuses."""
        if not self.program:
            return
        libc = ctypes.CDLL(None, use_errno=True)
        header, nothing = struct.pack("=II", _CAPABILITIES_3, 0), bytes(24)
        _must(libc.capset(header, nothing), "give up its capabilities")
        _must(libc.prctl(processes.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "give up new privileges")
        if self.ruleset >= 0:
            _must(libc.syscall(_RESTRICT_SELF, self.ruleset, 0), "restrict itself with Landlock")
            os.close(self.ruleset)
        _must(0 if processes.filter_calls(self.program) else -1, "load its system call filter")


def prepare(readable: Iterable[Path]) -> Confinement:
    """A confinement that leaves Python, the system's libraries and `readable` to be read."""
    if sys.platform != "linux":
        return Confinement(b"", -1)
    try:
        program = seccomp.compile_filter(_profile())
    except SandboxError:  # a machine that the compiler does not know
        return Confinement(b"", -1)
    places = [Path(sys.prefix), Path(sys.base_prefix), *map(Path, _SYSTEM), Path(_PROCESSORS), *readable]
    return Confinement(program, _ruleset(places))


def means() -> tuple[str, ...]:
    """By what the process would be confined here, for `grader doctor`: "seccomp", "Landlock"."""
    if sys.platform != "linux" or platform.machine().lower() not in ("x86_64", "aarch64", "amd64", "arm64"):
        return ()
    return ("seccomp", "Landlock") if _landlock_version() else ("seccomp",)


def _profile() -> dict[str, Any]:
    """The sandbox's profile less what this process has no use for."""
    profile = seccomp.load_profile()
    narrowed = {name for name, *_ in _NARROWED}
    groups = [
        {**group, "names": names}
        for group in profile["syscalls"]
        if (names := [name for name in group["names"] if name not in _DENIED | narrowed])
    ]
    for name, index, mask, value in _NARROWED:
        test = {"index": index, "value": mask, "valueTwo": value, "op": "SCMP_CMP_MASKED_EQ"}
        groups.append({"names": [name], "action": "SCMP_ACT_ALLOW", "args": [test]})
    return {**profile, "syscalls": groups}


def _landlock_version() -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    return max(int(libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)), 0)


def _ruleset(places: Iterable[Path]) -> int:
    """A Landlock ruleset that allows reading below `places` and nothing else; -1 without Landlock."""
    version = _landlock_version()
    if not version:
        return -1
    libc = ctypes.CDLL(None, use_errno=True)
    rights = (1 << _FILE_RIGHTS[min(version, len(_FILE_RIGHTS)) - 1]) - 1
    attributes = struct.pack("=Q", rights)
    if version >= _NETWORK_SINCE:
        attributes += struct.pack("=Q", 0b11)  # bind, connect
    if version >= _SCOPES_SINCE:
        attributes += struct.pack("=Q", 0b11)  # abstract sockets, signals
    ruleset = int(libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0))
    _must(ruleset, "make a Landlock ruleset")
    for place in places:
        try:
            fd = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # not on this system
        allowed = _READ_FILE | _READ_DIR if place.is_dir() else _READ_FILE
        rule = struct.pack("=Qi", allowed, fd)
        _must(libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0), f"leave {place} readable")
        os.close(fd)
    return ruleset


def _must(result: int, what: str) -> None:
    if result < 0:
        reason = os.strerror(ctypes.get_errno())
        raise SandboxError(f"the process that runs the checks could not {what}: {reason}")
