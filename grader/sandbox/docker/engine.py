"""Finding a container engine and talking to it: Docker's, or Podman through the same interface.

The SDK is imported inside functions: it costs 0.2 s, and most commands need no engine.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from grader.errors import SandboxError
from grader.sandbox.owner import me

Client: TypeAlias = Any  # docker.DockerClient: the SDK comes without types

SANDBOX_LABEL = "ml-grader.sandbox"
OWNER_LABEL = "ml-grader.owner"

_LIMITS = {"MemoryLimit": "memory", "PidsLimit": "processes", "CPUCfsQuota": "processors"}
_SOCKET = "/var/run/docker.sock"
_PING_SECONDS = 5.0
_CALL_SECONDS = 30
_INSTALL = (
    "install Docker or Podman and start it, or set DOCKER_HOST; "
    "without an engine, use the sandbox `bubblewrap`"
)


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine that answered."""

    client: Client
    address: str
    same_machine: bool  # its socket is in this file system, and it runs on this kernel
    podman: bool
    runtimes: Mapping[str, str]  # name: path, empty where the engine does not say
    default_runtime: str
    unlimited: tuple[str, ...]  # what it cannot limit or filter here
    description: str  # its version, kernel and security options


def connect(environment: Mapping[str, str] | None = None) -> Engine:
    """Find the engine and ask what it is.

    Looks where the command `docker` does (DOCKER_HOST, DOCKER_CONTEXT, the default socket),
    then for Podman's sockets. Raises SandboxError if none answers within two seconds.
    """
    environment = os.environ if environment is None else environment
    with explained("no container engine answers", _INSTALL):
        return describe(_client(environment))


def describe(client: Client) -> Engine:
    """What the engine behind `client` is and can do. Two requests."""
    version, info = client.version(), client.info()
    address = _address(client)
    path = address.removeprefix("unix://")
    runtimes = {name: str(entry.get("path", "")) for name, entry in (info.get("Runtimes") or {}).items()}
    return Engine(
        client=client,
        address=address,
        same_machine=sys.platform == "linux" and path != address and os.path.exists(path),
        podman=any("podman" in part.get("Name", "").lower() for part in version.get("Components") or []),
        runtimes=runtimes,
        default_runtime=info.get("DefaultRuntime") or "runc",
        unlimited=_unlimited(info),
        description=" ".join(
            [
                *(str(version.get(name, "")) for name in ("Version", "KernelVersion", "Os", "Arch")),
                *(str(info.get(name, "")) for name in ("CgroupVersion", "CgroupDriver", "Driver")),
                *map(str, info.get("SecurityOptions") or ()),
            ]
        ),
    )


def sdk() -> Any:
    """The SDK's module. By name, since a checkout has a folder that is called like it."""
    return importlib.import_module("docker")


@contextmanager
def explained(what: str, remedy: str) -> Iterator[None]:
    """Turn every error of the SDK below into a SandboxError that says what failed and what to do."""
    import requests
    import urllib3

    try:
        yield
    except (
        sdk().errors.DockerException,
        requests.RequestException,
        urllib3.exceptions.HTTPError,
        OSError,
    ) as error:
        raise SandboxError(f"{what} ({reason(error)}); {remedy}") from error


def reason(error: BaseException) -> str:
    """The engine's own words, in one line."""
    text = getattr(error, "explanation", None) or error
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return " ".join(str(text).split())[:400] or type(error).__name__


def labels() -> dict[str, str]:
    """What marks a container as this process's, so that the next grader can tell if it was left behind."""
    return {SANDBOX_LABEL: "1", OWNER_LABEL: me()}


def _client(environment: Mapping[str, str]) -> Client:
    _knock(environment)
    docker = sdk()
    arguments = {"version": "auto", "timeout": _PING_SECONDS}
    podman = None if environment.get("DOCKER_HOST") else _podman(environment)
    if podman:
        client = docker.DockerClient(base_url=f"unix://{podman}", **arguments)
    else:
        client = docker.from_env(environment=dict(environment), **arguments)
    client.api.timeout = _CALL_SECONDS
    return client


def _knock(environment: Mapping[str, str]) -> None:
    """Raise OSError where nothing listens on the socket that would be used.

    Without it a machine that has no engine would wait for the SDK's import, and the SDK
    leaves its own socket open when it cannot connect.
    """
    host = environment.get("DOCKER_HOST", "")
    if not host:
        host = f"unix://{_podman(environment) or ('' if _context(environment) else _SOCKET)}"
    path = host.removeprefix("unix://")
    if host.startswith("unix://") and path:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(_PING_SECONDS)
            probe.connect(path)


def _podman(environment: Mapping[str, str]) -> str:
    """Podman's socket, where Docker has none and no context names another; else empty."""
    if _context(environment) or os.path.exists(_SOCKET):
        return ""
    folders = [environment.get("XDG_RUNTIME_DIR", ""), "/run"]
    sockets = [os.path.join(folder, "podman", "podman.sock") for folder in folders if folder]
    return next((path for path in sockets if os.path.exists(path)), "")


def _context(environment: Mapping[str, str]) -> str:
    """The context that was chosen for the command `docker`, empty for the default one."""
    name = environment.get("DOCKER_CONTEXT") or _configured_context(environment)
    return "" if name == "default" else name


def _configured_context(environment: Mapping[str, str]) -> str:
    folder = environment.get("DOCKER_CONFIG") or Path.home() / ".docker"
    try:
        settings = json.loads((Path(folder) / "config.json").read_bytes())
    except (OSError, ValueError):
        return ""
    return str(settings.get("currentContext") or "") if isinstance(settings, dict) else ""


def _address(client: Client) -> str:
    adapter = getattr(client.api, "_custom_adapter", None)
    path = getattr(adapter, "socket_path", None)
    return f"unix://{path}" if path else str(client.api.base_url)


def _unlimited(info: Mapping[str, Any]) -> tuple[str, ...]:
    missing = [name for key, name in _LIMITS.items() if info.get(key) is False]
    options = info.get("SecurityOptions") or []
    if not any("seccomp" in option and "unconfined" not in option for option in options):
        missing.append("system calls (seccomp)")
    return tuple(missing)
