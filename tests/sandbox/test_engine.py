from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.sandbox.docker import engine
from grader.sandbox.docker.engine import Client, connect, describe


class Answers:
    """Answers of an engine, as its interface gives them."""

    def __init__(self, version: dict[str, Any], info: dict[str, Any]) -> None:
        self.version = lambda: version
        self.info = lambda: info
        self.api = self
        self.base_url = "https://engine.example:2376"


SECURE = {"SecurityOptions": ["name=seccomp,profile=default"]}


def make_socket(path: Path) -> socket.socket:
    path.parent.mkdir(parents=True, exist_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    return listener


def test_podman_is_told_from_docker() -> None:
    podman = {"Components": [{"Name": "Podman Engine"}, {"Name": "Conmon"}]}
    assert describe(Answers(podman, SECURE)).podman
    assert not describe(Answers({"Components": [{"Name": "Engine"}]}, SECURE)).podman


def test_an_engine_elsewhere_is_not_on_this_machine() -> None:
    assert not describe(Answers({}, SECURE)).same_machine


def test_what_the_engine_cannot_limit_is_listed() -> None:
    assert describe(Answers({}, SECURE)).unlimited == ()
    weak = {"MemoryLimit": False, "PidsLimit": True, "SecurityOptions": ["name=seccomp,profile=unconfined"]}
    assert describe(Answers({}, weak)).unlimited == ("memory", "system calls (seccomp)")


def test_runtimes_are_known_by_name_and_path() -> None:
    info = {**SECURE, "DefaultRuntime": "safe", "Runtimes": {"safe": {"path": "/opt/runsc"}, "runc": {}}}
    found = describe(Answers({}, info))
    assert found.default_runtime == "safe"
    assert found.runtimes == {"safe": "/opt/runsc", "runc": ""}


def test_podmans_socket_is_found_where_docker_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_SOCKET", str(tmp_path / "docker.sock"))
    path = tmp_path / "podman" / "podman.sock"
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "DOCKER_CONFIG": str(tmp_path)}
    with make_socket(path):
        assert engine._podman(environment) == str(path)
        assert engine._podman({**environment, "DOCKER_CONTEXT": "elsewhere"}) == ""
        (tmp_path / "config.json").write_text(json.dumps({"currentContext": "elsewhere"}))
        assert engine._podman(environment) == ""
        (tmp_path / "config.json").write_text(json.dumps({"currentContext": "default"}))
        assert engine._podman(environment) == str(path)
        with make_socket(tmp_path / "docker.sock"):
            assert engine._podman(environment) == ""


def test_a_host_without_an_engine_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="install Docker or Podman"):
        connect({"DOCKER_HOST": f"unix://{tmp_path}/nothing.sock"})


@pytest.mark.docker
def test_the_engine_here_describes_itself(engine_client: Client) -> None:
    found = describe(engine_client)
    assert found.default_runtime in found.runtimes
    assert found.address.startswith(("unix://", "http"))


def test_the_sdk_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, grader.sandbox.docker.backend; sys.exit(bool({'docker', 'requests'} & sys.modules.keys()))"
    subprocess.run([sys.executable, "-c", code], check=True)
