"""What the grader uses on this machine, to see what a submission has left there."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SandboxError
from grader.redteam.watched import Watched
from grader.sandbox import owner
from grader.sandbox.bubblewrap import cgroup
from grader.sandbox.docker.engine import OWNER_LABEL, connect, explained
from grader.worker import processes

CLEAN_SECONDS = 10.0
READY_SECONDS = 60.0
MEMORY_MB = 256  # by how much the machine's used memory may have grown afterwards
DISK_MB = 32
DESCRIPTORS = 16  # more than at the beginning: the engine's client keeps some connections
_STILL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is more than it may be. `shared`: others on this machine may have caused it."""

    text: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """Memory and disk of the machine in MiB; the rest counts what belongs to this process."""

    memory: int
    disk: int
    sandboxes: int
    processes: int
    descriptors: int
    files: int
    groups: int
    containers: int


def use(watched: Watched, containers: Callable[[], int]) -> Use:
    """What is in use at this moment."""
    folder, me = Path(tempfile.gettempdir()), owner.me()
    return Use(
        memory=used_memory(),
        disk=shutil.disk_usage(folder).used >> 20,
        sandboxes=watched.living,
        processes=len(processes.descendants(os.getpid())),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
        files=sum(me in path.name for path in folder.iterdir()),
        groups=sum(1 for base in cgroup.bases() for _ in base.glob(f"{cgroup.PREFIX}{me}-*")),
        containers=containers(),
    )


def still(look: Callable[[], Use], sandboxes: int) -> Use:
    """What is in use once so many sandboxes are ready and nothing more happens. Raises SandboxError."""
    end, found = time.monotonic() + READY_SECONDS, look()
    while time.monotonic() < end:
        time.sleep(_STILL_SECONDS)
        before, found = found, look()
        if found.sandboxes == sandboxes and _counts(before) == _counts(found):
            return found
    raise SandboxError(f"{found.sandboxes} sandboxes were ready after {READY_SECONDS:g} s, not {sandboxes}")


def left(before: Use, look: Callable[[], Use]) -> list[Left]:
    """What is still there; waits until nothing is, or for CLEAN_SECONDS."""
    end = time.monotonic() + CLEAN_SECONDS
    while (faults := list(grown(before, look()))) and time.monotonic() < end:
        time.sleep(0.02)
    return faults


def grown(before: Use, now: Use) -> Iterator[Left]:
    """What is more than it may be."""
    if now.memory - before.memory > MEMORY_MB:
        yield Left(f"the machine uses {now.memory - before.memory} MiB of memory more", shared=True)
    if now.disk - before.disk > DISK_MB:
        yield Left(f"{now.disk - before.disk} MiB more are on the disk", shared=True)
    if now.descriptors - before.descriptors > DESCRIPTORS:
        yield Left(f"{now.descriptors - before.descriptors} more files and sockets are open")
    for name in ("sandboxes", "processes", "groups", "containers"):
        if (more := getattr(now, name) - getattr(before, name)) > 0:
            yield Left(f"{more} {name} are left")
    if now.files > before.files:
        yield Left(f"{now.files - before.files} temporary files are left")


@contextmanager
def engine_count(watched: Watched) -> Iterator[Callable[[], int]]:
    """Counts the containers of this process, running or not; always 0 without an engine."""
    if watched.name != "docker":
        yield lambda: 0
        return
    with closing(connect().client) as client:

        def count() -> int:
            with explained("the engine does not list its containers", "see the engine's own log"):
                filters = {"label": [f"{OWNER_LABEL}={owner.me()}"]}
                return len(client.api.containers(all=True, filters=filters))

        yield count


def used_memory() -> int:
    """MiB that are not available for new programs; 0 where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    values = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return (values["MemTotal"] - values["MemAvailable"]) >> 10


def _counts(found: Use) -> tuple[int, ...]:
    return (found.sandboxes, found.processes, found.files, found.groups, found.containers)
