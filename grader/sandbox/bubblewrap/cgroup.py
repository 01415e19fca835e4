"""Control groups for sandboxes without an engine: memory, processes and one processor.

Both kernel interfaces are served: version 2 where the controllers are there, else version 1
with a folder in each hierarchy. A group can be made by root and in a delegated tree.
"""

from __future__ import annotations

import itertools
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from grader.model import Limits
from grader.sandbox import launch, owner

PREFIX = "ml-grader-"
_ROOT = Path("/sys/fs/cgroup")
_count = itertools.count()


@dataclass(frozen=True, slots=True)
class Group:
    """One sandbox's control group: its folder in every hierarchy, by controller."""

    folders: tuple[tuple[str, Path], ...]
    version: int

    @property
    def entrances(self) -> tuple[Path, ...]:
        """Files into which a process writes 0 to move itself in."""
        return tuple(dict.fromkeys(folder / "cgroup.procs" for _, folder in self.folders))

    def out_of_memory(self) -> bool:
        """Whether the kernel has killed something in the group for want of memory."""
        name = "memory.events" if self.version == 2 else "memory.oom_control"
        try:
            lines = (dict(self.folders)["memory"] / name).read_text().splitlines()
        except (OSError, KeyError):
            return False
        return any(line.startswith("oom_kill ") and int(line.split()[1]) > 0 for line in lines)

    def remove(self, seconds: float = 1.0) -> bool:
        """Kill what is left in the group and remove it; False if it is still there after `seconds`."""
        end = time.monotonic() + seconds
        while True:
            for entrance in self.entrances:
                _kill_all(entrance)
            try:
                for _, folder in self.folders:
                    if folder.exists():
                        folder.rmdir()
                return True
            except OSError:
                if time.monotonic() > end:
                    return False
            time.sleep(0.001)


def create(limits: Limits) -> Group | None:
    """A new group with these limits, or None where this process may not make one."""
    name = f"{PREFIX}{owner.me()}-{next(_count)}"
    version_2 = (_ROOT / "cgroup.controllers").exists()
    return _create_v2(name, limits) if version_2 else _create_v1(name, limits)


def reap() -> int:
    """Remove the groups of graders that are gone; how many."""
    removed = 0
    for base in bases():
        for folder in base.glob(f"{PREFIX}*") if base.is_dir() else ():
            if not owner.is_alive(folder.name.removeprefix(PREFIX).rpartition("-")[0]):
                removed += Group((("memory", folder),), 1).remove()
    return removed


def bases() -> set[Path]:
    """The folders below which a group might be made here."""
    return set(_bases_v1().values()) | {_ROOT, _own_v2()}


def memory_bytes(limits: Limits) -> int:
    """What a whole sandbox may use, interpreter and packages included."""
    return (limits.memory_mb + launch.MEMORY_OVERHEAD_MB) << 20


def _create_v2(name: str, limits: Limits) -> Group | None:
    settings = {
        "memory.max": memory_bytes(limits),
        "memory.swap.max": 0,
        "memory.oom.group": 0,
        "pids.max": limits.processes + 8,
        "cpu.max": "100000 100000",
    }
    # The root may give its controllers on though it holds processes; elsewhere a delegated
    # tree has them enabled already.
    for base in (_ROOT, _own_v2()):
        folder = base / name
        try:
            if base == _ROOT:
                (base / "cgroup.subtree_control").write_text("+memory +pids +cpu")
            folder.mkdir()
        except OSError:
            continue
        group = Group((("memory", folder),), 2)
        if _write(folder, settings, needed=("memory.max", "pids.max")):
            return group
        group.remove()
    return None


def _create_v1(name: str, limits: Limits) -> Group | None:
    settings: dict[str, dict[str, object]] = {
        "memory": {
            "memory.limit_in_bytes": memory_bytes(limits),
            "memory.memsw.limit_in_bytes": memory_bytes(limits),
        },
        "pids": {"pids.max": limits.processes + 8},
        "cpu": {"cpu.cfs_quota_us": 100000},
    }
    made: list[tuple[str, Path]] = []
    for controller, base in _bases_v1().items():
        folder = base / name
        try:
            folder.mkdir(exist_ok=True)
        except OSError:
            continue
        made.append((controller, folder))
        _write(folder, settings[controller], needed=())
    group = Group(tuple(made), 1)
    if {"memory", "pids"} <= {controller for controller, _ in made}:
        return group
    group.remove()
    return None


def _write(folder: Path, settings: dict[str, object], needed: tuple[str, ...]) -> bool:
    for name, value in settings.items():
        try:
            (folder / name).write_text(str(value))
        except OSError:
            if name in needed:
                return False
    return True


def _own() -> dict[str, str]:
    """The path of this process in every hierarchy, by controllers; "" for version 2."""
    paths = {}
    try:
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            for controller in controllers.split(","):
                paths[controller] = path.lstrip("/")
    except OSError:
        pass
    return paths


def _own_v2() -> Path:
    return _ROOT / _own().get("", "")


def _bases_v1() -> dict[str, Path]:
    """Where version 1 groups of this process may be made; only hierarchies that are mounted."""
    own = _own()
    return {
        controller: _ROOT / controller / own[controller]
        for controller in ("memory", "pids", "cpu")
        if controller in own and (_ROOT / controller / own[controller]).is_dir()
    }


def _kill_all(entrance: Path) -> None:
    try:
        pids = entrance.read_text().split()
    except OSError:
        return
    for pid in pids:
        try:
            os.kill(int(pid), signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
