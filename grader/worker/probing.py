"""What the probes are made of: trying something, calling the kernel, and doing it in a child.

A probe is a function that answers (denied, detail). It must leave nothing behind and must not
hurt a machine where nothing is denied.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

Answer = tuple[bool | None, str]
REFUSALS = (errno.EPERM, errno.EACCES, errno.ENOSYS)


@dataclass(frozen=True)
class Probe:
    """`risky`: only tried where the caller says that the process is isolated."""

    name: str
    group: str
    title: str  # what is tried, in plain words
    try_it: Callable[[], Answer]
    risky: bool = False


def words(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, str(error))


def attempt(action: Callable[[], object]) -> Answer:
    """Denied if `action` ends in an OSError of any kind."""
    try:
        action()
    except OSError as error:
        return True, words(error)
    return False, "it worked"


def system_call(numbers: tuple[int, int], *arguments: int | bytes | None) -> int:
    """Call the kernel by the number on (x86_64, aarch64). OSError if it fails."""
    number = numbers[platform.machine() in ("aarch64", "arm64")]
    library = ctypes.CDLL(None, use_errno=True)
    values = [ctypes.c_char_p(a) if isinstance(a, bytes) else ctypes.c_long(a or 0) for a in arguments]
    library.syscall.restype = ctypes.c_long
    result: int = library.syscall(ctypes.c_long(number), *values)
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def refused(numbers: tuple[int, int], *arguments: int | bytes | None) -> Answer:
    """Denied only if the kernel refuses the call itself.

    The arguments are mostly nonsense, so EFAULT or EINVAL means that the call was looked at.
    """
    try:
        system_call(numbers, *arguments)
    except OSError as error:
        return error.errno in REFUSALS, words(error)
    return False, "it worked"


def in_child(action: Callable[[], str], seconds: float = 2.0) -> str:
    """What `action` returns in a forked child, "" if the child ended before it had an answer.

    TimeoutError after `seconds`: a busy machine must not look like a sandbox that denies.
    """
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(sender, action().encode()[:4000])
        finally:
            os._exit(0)
    os.close(sender)
    deadline, said = time.monotonic() + seconds, b""
    try:
        while True:
            if not select.select([receiver], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError(f"no answer after {seconds:g} s")
            part = os.read(receiver, 4096)
            if not part:
                break
            said += part
    finally:
        os.close(receiver)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return said.decode()


def attempt_in_child(action: Callable[[], object]) -> Answer:
    """As `attempt`, for what would change this process. Denied too if the child is killed for it."""

    def describe() -> str:
        denied, detail = attempt(action)
        return ("denied " if denied else "allowed ") + detail

    verdict, _, detail = in_child(describe).partition(" ")
    return verdict != "allowed", detail or "killed"


def status_field(name: str) -> str:
    """A line of /proc/self/status; "" if the kernel does not write it."""
    with open("/proc/self/status", encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.partition(":")
            if key == name:
                return value.strip()
    return ""
