"""A control group from systemd, for a user who may not make one: `systemd-run --user --scope`."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.model import Limits
from grader.sandbox import owner
from grader.sandbox.bubblewrap import cgroup

_GROUPS = Path("/sys/fs/cgroup")
_NEEDED = ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
_count = itertools.count()


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope unit that is made when its command starts, and that goes with its last process."""

    program: str
    unit: str
    limits: Limits
    environment: Mapping[str, str]  # what systemd-run needs to find the user's systemd

    def command(self, command: list[str]) -> list[str]:
        """`command`, to be run in the scope. The process that is started becomes it."""
        settings = {
            "MemoryMax": cgroup.memory_bytes(self.limits),
            "MemorySwapMax": 0,
            "TasksMax": self.limits.processes + 8,
            "CPUQuota": "100%",
            "OOMPolicy": "continue",  # one process that takes too much is not the end of all
        }
        properties = [word for name, value in settings.items() for word in ("--property", f"{name}={value}")]
        options = ["--user", "--scope", "--quiet", "--collect", f"--unit={self.unit}", *properties]
        return [self.program, *options, "--", *command]

    def group(self) -> cgroup.Group | None:
        """Its control group, while it is there."""
        base = _GROUPS / f"user.slice/user-{os.getuid()}.slice/user@{os.getuid()}.service"
        folder = next(base.glob(f"**/{self.unit}.scope"), None)
        return cgroup.Group((("memory", folder),), 2) if folder else None


def available(limits: Limits) -> Scope | None:
    """A scope with these limits, or None where the user has no systemd with control groups of version 2."""
    program = shutil.which("systemd-run")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if (
        program is None
        or not (_GROUPS / "cgroup.controllers").exists()
        or not (Path(runtime) / "systemd" / "private").exists()
    ):
        return None
    environment = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    name = owner.me().replace("+", "_")  # not a character of unit names
    return Scope(program, f"{cgroup.PREFIX}{name}-{next(_count)}", limits, environment)
