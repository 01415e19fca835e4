"""Probes of the limits: are they set, and does the kernel hold them."""

from __future__ import annotations

import errno
import mmap
import os
import resource
import threading
import time
import uuid
from pathlib import Path

from .probing import Answer, Probe, in_child

_MIB = 1 << 20
# Limits above these, or limits that cannot be seen from inside, are tried up to here: getting
# so far means that nothing holds.
_MOST_MEMORY = 1024 * _MIB
_MOST_TASKS = 1024
_MOST_DISK = 1024 * _MIB  # a larger file system is not filled
_CHUNK = 16 * _MIB
_POPULATE_WRITE = 23  # MADV_POPULATE_WRITE, Linux 5.14
_GROUPS = "/sys/fs/cgroup"


def _number(*paths: str) -> int | None:
    """The first of these control files that can be read and sets a limit."""
    for path in paths:
        try:
            text = Path(_GROUPS, path).read_text(encoding="utf-8").split()[0]
        except (OSError, IndexError):
            continue
        if text.isdecimal() and int(text) < 1 << 60:
            return int(text)
    return None


def _limit(kind: int) -> int | None:
    hard = resource.getrlimit(kind)[1]
    return None if hard == resource.RLIM_INFINITY else hard


def _smallest(*values: int | None) -> int | None:
    return min((value for value in values if value is not None), default=None)


def _at_most(kind: int, most: int) -> Answer:
    hard = _limit(kind)
    return hard is not None and hard <= most, "no limit" if hard is None else str(hard)


def _memory_limit(flags: int) -> int | None:
    """What can be seen from inside. RLIMIT_DATA does not count shared memory."""
    private = _limit(resource.RLIMIT_DATA) if flags == mmap.MAP_PRIVATE else None
    group = _number("memory.max", "memory/memory.limit_in_bytes")
    return _smallest(group, private, _limit(resource.RLIMIT_AS))


def _touch(chunk: mmap.mmap) -> None:
    """Have the kernel give every page; an older one does not know the advice."""
    try:
        chunk.madvise(_POPULATE_WRITE)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        for place in range(0, len(chunk), mmap.PAGESIZE):
            chunk[place] = 1


def _take(most: int, flags: int) -> str:
    """Maps and touches memory until it is refused or `most` bytes are held."""
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="utf-8")
    held: list[mmap.mmap] = []
    try:
        while len(held) * _CHUNK < most:
            chunk = mmap.mmap(-1, _CHUNK, flags=flags | mmap.MAP_ANONYMOUS)
            held.append(chunk)
            _touch(chunk)
    except (OSError, MemoryError):
        return f"refused after {len(held) * _CHUNK // _MIB} MiB"
    return f"held {len(held) * _CHUNK // _MIB} MiB"


def _available() -> int:
    with open("/proc/meminfo", encoding="ascii") as lines:
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))


def _memory(flags: int) -> Answer:
    most = min(_memory_limit(flags) or _MOST_MEMORY, _MOST_MEMORY) + 4 * _CHUNK
    if _available() < most + 512 * _MIB:
        return None, f"the machine has too little free to try {most // _MIB} MiB"
    said = in_child(lambda: _take(most, flags), seconds=10.0)
    return not said.startswith("held"), said or f"killed below {most // _MIB} MiB"


def _task_limit() -> int | None:
    return _smallest(_number("pids.max", "pids/pids.max"), _limit(resource.RLIMIT_NPROC))


def _start_threads(most: int) -> str:
    """Threads count as processes do and go with the child that holds them."""
    gate, started = threading.Event(), 0
    threading.stack_size(64 * 1024)
    try:
        for _ in range(most):
            threading.Thread(target=gate.wait, daemon=True).start()
            started += 1
    except (RuntimeError, MemoryError):
        return f"refused after {started}"
    return f"started {started}"


def _tasks() -> Answer:
    most = min(_task_limit() or _MOST_TASKS, _MOST_TASKS) + 1
    said = in_child(lambda: _start_threads(most))
    return not said.startswith("started"), said or "killed"


def _disk(folder: str) -> Answer:
    """Fills a small file system; one that is large is not limited."""
    if not os.access(folder, os.W_OK):
        return True, "not writable"
    size = os.statvfs(folder).f_blocks * os.statvfs(folder).f_frsize
    if size > _MOST_DISK:
        return False, f"{size // _MIB} MiB"
    name = os.path.join(folder, f"probe-{uuid.uuid4().hex}-")
    try:
        said = in_child(lambda: _fill(name, size + 4 * _CHUNK))
    finally:
        for entry in os.listdir(folder):
            if os.path.join(folder, entry).startswith(name):
                os.unlink(os.path.join(folder, entry))
    return not said.startswith("wrote"), said or "killed"


def _fill(name: str, most: int) -> str:
    written = 0
    try:
        while written < most:
            file = os.open(f"{name}{written}", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            os.posix_fallocate(file, 0, 4 * _MIB)
            os.close(file)
            written += 4 * _MIB
    except OSError:
        return f"refused after {written // _MIB} MiB"
    return f"wrote {written // _MIB} MiB"


def _quota() -> float | None:
    """Processors that the control group grants."""
    try:
        quota, period = Path(_GROUPS, "cpu.max").read_text(encoding="utf-8").split()
        return None if quota == "max" else int(quota) / int(period)
    except (OSError, ValueError):
        pass
    for folder in ("cpu", "cpu,cpuacct"):
        granted, each = _number(f"{folder}/cpu.cfs_quota_us"), _number(f"{folder}/cpu.cfs_period_us")
        if granted and each:
            return granted / each
    return None


def _processors() -> Answer:
    usable, quota = len(os.sched_getaffinity(0)), _quota()
    if usable == 1:
        return True, "one is usable"
    if quota is not None:
        return quota <= 1, f"{usable} are visible, {quota:g} granted"
    used = _measure()
    detail = f"{usable} are visible, {used:.1f} used"
    if used < 0.8:  # so little that other programs, not a limit, may have held them back
        return None, detail
    return used < 1.4, detail


def _measure(seconds: float = 0.3) -> float:
    """How many processors two busy processes get."""

    def burn() -> str:
        helper, end = os.fork(), time.monotonic() + seconds
        while time.monotonic() < end:
            pass
        if helper == 0:
            os._exit(0)
        os.waitpid(helper, 0)
        spent = os.times()
        return str((spent.user + spent.system + spent.children_user + spent.children_system) / seconds)

    return float(in_child(burn) or 0)


def all_probes() -> list[Probe]:
    """In the order in which they are run; what takes memory comes last."""
    return [
        Probe("limit_core", "limits", "write core dumps", lambda: _at_most(resource.RLIMIT_CORE, 0)),
        Probe(
            "limit_nofile", "limits", "open very many files", lambda: _at_most(resource.RLIMIT_NOFILE, 4096)
        ),
        Probe(
            "limit_fsize",
            "limits",
            "write a very large file",
            lambda: _at_most(resource.RLIMIT_FSIZE, _MOST_DISK),
        ),
        Probe(
            "limit_memlock",
            "limits",
            "lock much memory",
            lambda: _at_most(resource.RLIMIT_MEMLOCK, 64 * _MIB),
        ),
        Probe(
            "limit_rtprio",
            "limits",
            "ask for real-time priority",
            lambda: _at_most(resource.RLIMIT_RTPRIO, 0),
        ),
        Probe("cpus", "limits", "use more than one processor", _processors),
        Probe("tasks", "limits", "start more processes than allowed", _tasks, risky=True),
        Probe("disk_tmp", "limits", "fill /tmp beyond its size", lambda: _disk("/tmp"), risky=True),
        Probe("disk_shm", "limits", "fill /dev/shm beyond its size", lambda: _disk("/dev/shm"), risky=True),
        Probe(
            "memory", "limits", "take more memory than allowed", lambda: _memory(mmap.MAP_PRIVATE), risky=True
        ),
        Probe(
            "memory_shared", "limits", "take more shared memory", lambda: _memory(mmap.MAP_SHARED), risky=True
        ),
    ]
