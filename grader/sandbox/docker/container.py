"""One container: how it is confined, and its life from creation to removal."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from grader.errors import SandboxError
from grader.sandbox import launch
from grader.sandbox.base import Ending, Specification
from grader.sandbox.docker.engine import Client, explained, labels, sdk
from grader.sandbox.docker.image import Image
from grader.sandbox.docker.meeting import SOCKET
from grader.sandbox.docker.stream import Connection, as_connection
from grader.sandbox.seccomp import sandbox_filter

_NOBODY = "65534:65534"
_SHARED = "/run/grader"  # where the container sees the folder with the socket
_OWN_PROCESSES = 8  # the engine's init, the worker and its loader, and room for those that just ended
_FILES = 1024
_INODES = 16384
_KILLED = 137  # 128 + SIGKILL
_ENGINE_SECONDS = 0.5
_RETRY = "see the engine's own log, then try again"


def configuration(
    specification: Specification,
    image: Image,
    *,
    seccomp: str,
    runtime: str | None,
    init: bool,
    shared: Path | None,
    gvisor: bool = False,
) -> dict[str, object]:
    """The container as the engine's interface wants it described.

    `seccomp`: the profile itself, or its path for Podman. `shared`: the folder with the
    socket; None to have the channels on standard input and output. `gvisor`: the runtime is gVisor.
    """
    return {
        "Image": image.id,
        "Entrypoint": [],
        "Cmd": _command(specification, image, shared, gvisor),
        "Env": [f"{name}={value}" for name, value in launch.ENVIRONMENT.items()],
        "User": _NOBODY,
        "Hostname": "sandbox",
        "WorkingDir": "/tmp",
        "Labels": labels(),
        "NetworkDisabled": True,
        "Tty": False,
        "OpenStdin": shared is None,
        "StdinOnce": shared is None,
        "HostConfig": {
            **_confinement(seccomp),
            **_limits(specification, gvisor),
            "Init": init,
            "LogConfig": {"Type": "none"},
            # Its state after its end is still asked for, so the engine must not remove it by itself.
            "AutoRemove": False,
            **({"Runtime": runtime} if runtime else {}),
            **({"Mounts": [_mount(shared)]} if shared else {}),
        },
    }


def _command(specification: Specification, image: Image, shared: Path | None, gvisor: bool) -> list[str]:
    transport = {"socket": f"{_SHARED}/{SOCKET}"} if shared else {"stdio": True}
    # gVisor does not hold RLIMIT_DATA, but it does hold the limit on the address space.
    rlimits = {"AS": specification.limits.memory_mb << 20} if gvisor else {}
    config = launch.worker_config(
        specification,
        transport=transport,
        own_pids=True,
        kill_is_final=not gvisor,
        # gVisor leaves the engine's profile to the host's kernel, which no call of a submission reaches.
        call_filter=sandbox_filter() if gvisor else b"",
        rlimits=rlimits,
    )
    return launch.command(image.executable, "/opt/worker", "/opt/site", config)


def _mount(shared: Path) -> dict[str, object]:
    return {"Type": "bind", "Source": str(shared), "Target": _SHARED, "ReadOnly": True}


def _confinement(seccomp: str) -> dict[str, object]:
    return {
        "NetworkMode": "none",
        "ReadonlyRootfs": True,
        # Files of /proc/PID belong to the user of the process: another of theirs may write its memory.
        "ReadonlyPaths": ["/proc"],
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges:true", f"seccomp={seccomp}"],
        "IpcMode": "private",
        "CgroupnsMode": "private",
        "Privileged": False,
    }


def _limits(specification: Specification, gvisor: bool) -> dict[str, object]:
    limits = specification.limits
    memory = (limits.memory_mb + launch.MEMORY_OVERHEAD_MB) << 20
    disk = limits.disk_mb << 20
    processes = limits.processes + _OWN_PROCESSES
    ulimits = {"nofile": _FILES, "core": 0, "fsize": disk, "msgqueue": 0}
    # On a shared kernel every sandbox counts for the same user id, so nproc would limit them all
    # together. gVisor counts for itself, and often runs without the control group for PidsLimit.
    if gvisor:
        ulimits["nproc"] = processes
    return {
        "Memory": memory,
        "MemorySwap": memory,
        "NanoCpus": 1_000_000_000,
        "PidsLimit": processes,
        "Ulimits": [{"Name": name, "Soft": value, "Hard": value} for name, value in ulimits.items()],
        "Tmpfs": {"/tmp": f"rw,noexec,nosuid,nodev,size={disk},nr_inodes={_INODES},mode=1777"},
        "ShmSize": disk,
    }


class Container:
    """A container by its name. `api` is the SDK's low-level client."""

    def __init__(self, api: Client, name: str) -> None:
        self._api = api
        self.name = name

    def create(self, config: Mapping[str, object]) -> None:
        """Create it. Raises SandboxError."""
        with explained("the engine refused to create a sandbox", _RETRY):
            self._api.create_container_from_config(dict(config), self.name)

    def attach(self, *, channels: bool) -> Connection:
        """Its errors, and its input and output with `channels`; before it starts, so that nothing is lost."""
        params = {"stream": 1, "stderr": 1, **({"stdin": 1, "stdout": 1} if channels else {})}
        with explained("the engine does not give out a sandbox's streams", _RETRY):
            return as_connection(self._api.attach_socket(self.name, params=params))

    def start(self) -> None:
        """Start it. Raises SandboxError."""
        with explained("the engine could not start a sandbox", _RETRY):
            self._api.start(self.name)

    def remove(self) -> bool:
        """Kill and remove it, without asking it to stop first; whether it is gone now."""
        try:
            self._request("remove_container", force=True, v=True)
        except SandboxError:
            return False  # it ends when its channels close, and a later grader removes it
        return True

    def ending(self) -> Ending:
        """Kill it and say how it had ended, from the kernel's counters and the engine's record."""
        state = self._state()
        if state is None:
            return Ending.LOST
        ours = 0
        if state.get("Running"):
            # The engine reports what struck a child process only later, the kernel at once.
            if memory_kills(int(state.get("Pid") or 0), str(state["Id"])):
                return Ending.MEMORY
            try:
                self._request("kill", signal="KILL")
            except SandboxError:
                return Ending.LOST
            ours = 1
        try:
            ending = self._recorded()
            return Ending.LOST if ending is Ending.ENDED and self._kills() > ours else ending
        except SandboxError:
            return Ending.LOST

    def _kills(self) -> int:
        """How often the engine was told to kill or stop it, by whomever.

        Nothing inside can do that, and the exit code does not tell it from what something inside can do.
        """
        with explained(f"the engine does not answer about sandbox {self.name}", _RETRY):
            # By the engine's own clock: another machine's differs. The SDK's `events` would wait without end.
            now = datetime.fromisoformat(self._api.info()["SystemTime"]).timestamp()
            params = {
                "since": "0",
                "until": f"{now:.6f}",
                "filters": json.dumps({"container": [self.name], "event": ["kill"]}),
            }
            response = self._api.get(self._api._url("/events"), params=params, timeout=self._api.timeout)
            response.raise_for_status()
            return int(response.text.count('"Action":"kill"'))

    def _recorded(self) -> Ending:
        """What the engine noted. Its note on memory may come a moment after the end."""
        deadline = time.monotonic() + _ENGINE_SECONDS
        while True:
            state = self._state()
            if state is None:
                return Ending.LOST
            if state.get("OOMKilled"):
                return Ending.MEMORY
            if (not state.get("Running") and state.get("ExitCode") != _KILLED) or time.monotonic() > deadline:
                return Ending.ENDED
            time.sleep(0.02)

    def _state(self) -> dict[str, Any] | None:
        try:
            found = self._request("inspect_container")
        except SandboxError:
            return None
        return None if found is None else {**found["State"], "Id": found["Id"]}

    def _request(self, method: str, **arguments: object) -> Any:
        """One call about this container; None if there is no such container or it is already done."""
        errors = sdk().errors
        with explained(f"the engine does not answer about sandbox {self.name}", _RETRY):
            try:
                return getattr(self._api, method)(self.name, **arguments)
            except errors.NotFound:
                return None
            except errors.APIError as error:
                if error.status_code == 409:  # not running, or being removed already
                    return None
                raise


def memory_kills(pid: int, container: str, root: Path = Path("/")) -> int:
    """How often the kernel killed a process of `container` for want of memory.

    `pid` is its first process as the engine sees it. 0 if that process is not one of the
    container's here: another machine's engine, or another pid namespace.
    """
    try:
        groups = (root / "proc" / str(pid) / "cgroup").read_text().splitlines()
    except OSError:
        return 0
    for line in groups:
        _, controllers, path = line.split(":", 2)
        if container not in path:
            continue
        if controllers == "":
            file = root / "sys/fs/cgroup" / path.lstrip("/") / "memory.events"
        elif "memory" in controllers.split(","):
            file = root / "sys/fs/cgroup/memory" / path.lstrip("/") / "memory.oom_control"
        else:
            continue
        try:
            found = re.search(r"^oom_kill (\d+)$", file.read_text(), re.MULTILINE)
        except OSError:
            continue
        if found:
            return int(found[1])
    return 0


def profile(path: Path, *, by_path: bool) -> str:
    """The seccomp profile as the engine takes it: its text, or its path for Podman on this machine."""
    if not path.is_file():
        raise SandboxError(f"the seccomp profile {path} is missing; install the grader again")
    return str(path) if by_path else json.dumps(json.loads(path.read_bytes()), separators=(",", ":"))
