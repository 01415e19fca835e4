from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.model import Limits
from grader.resources import folder
from grader.sandbox import launch
from grader.sandbox.base import Specification
from grader.sandbox.docker.container import configuration, memory_kills, profile
from grader.sandbox.docker.image import Image
from grader.sandbox.owner import me

IMAGE = Image("sha256:1", "t:1", ("numpy",), "3.11.2", "/usr/bin/python3", (), "base", "sha256:0", 1, 1)
ID = "c0ffee" * 10 + "c0de"


def described(shared: Path | None = None, runtime: str | None = None) -> dict[str, Any]:
    specification = Specification(("numpy",), Limits(memory_mb=100, processes=20, disk_mb=32))
    return configuration(specification, IMAGE, seccomp="{}", runtime=runtime, init=True, shared=shared)


def test_every_setting_of_the_confinement_is_there() -> None:
    found = described()
    host = found["HostConfig"]
    memory = (100 + launch.MEMORY_OVERHEAD_MB) << 20
    assert found["User"] == "65534:65534"
    assert found["Tty"] is False
    assert found["NetworkDisabled"] is True
    assert found["Labels"] == {"ml-grader.sandbox": "1", "ml-grader.owner": me()}
    assert host["NetworkMode"] == "none"
    assert host["ReadonlyRootfs"] is True
    assert host["CapDrop"] == ["ALL"]
    assert host["SecurityOpt"] == ["no-new-privileges:true", "seccomp={}"]
    assert host["Memory"] == host["MemorySwap"] == memory
    assert host["NanoCpus"] == 10**9
    assert 20 <= host["PidsLimit"] <= 32
    assert host["ShmSize"] == 32 << 20
    assert host["IpcMode"] == host["CgroupnsMode"] == "private"
    assert host["LogConfig"] == {"Type": "none"}
    assert host["Init"] is True
    assert host["Privileged"] is host["AutoRemove"] is False
    assert {"noexec", "nosuid", "nodev", f"size={32 << 20}"} <= set(host["Tmpfs"]["/tmp"].split(","))
    ulimits = {limit["Name"]: limit["Hard"] for limit in host["Ulimits"]}
    assert ulimits == {"nofile": 1024, "core": 0, "fsize": 32 << 20, "msgqueue": 0}


def test_nothing_of_the_host_is_mounted_but_the_socket(tmp_path: Path) -> None:
    assert not {"Mounts", "Binds", "Devices", "VolumesFrom"} & described()["HostConfig"].keys()
    [mount] = described(shared=tmp_path)["HostConfig"]["Mounts"]
    assert mount == {"Type": "bind", "Source": str(tmp_path), "Target": "/run/grader", "ReadOnly": True}


def test_input_is_open_only_where_the_channels_use_it(tmp_path: Path) -> None:
    for shared, transport in ((None, {"stdio": True}), (tmp_path, {"socket": "/run/grader/s"})):
        found = described(shared=shared)
        assert found["OpenStdin"] is found["StdinOnce"] is (shared is None)
        assert json.loads(found["Cmd"][-1])["transport"] == transport


def test_no_variable_but_ours() -> None:
    assert described()["Env"] == [f"{name}={value}" for name, value in launch.ENVIRONMENT.items()]


def test_processes_are_counted_by_user_only_where_no_other_sandbox_shares_the_count() -> None:
    specification = Specification((), Limits(processes=20))
    for gvisor in (False, True):
        found = configuration(
            specification, IMAGE, seccomp="{}", runtime=None, init=True, shared=None, gvisor=gvisor
        )
        ulimits: Any = found["HostConfig"]
        names = {limit["Name"] for limit in ulimits["Ulimits"]}
        assert ("nproc" in names) is gvisor


def test_runtime_is_passed_only_if_chosen() -> None:
    assert "Runtime" not in described()["HostConfig"]
    assert described(runtime="runsc")["HostConfig"]["Runtime"] == "runsc"


@pytest.mark.parametrize(
    ("groups", "file", "content"),
    [
        (
            f"5:memory:/docker/{ID}\n0::/docker/{ID}\n",
            f"sys/fs/cgroup/memory/docker/{ID}/memory.oom_control",
            "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
        ),
        (
            f"0::/system.slice/docker-{ID}.scope\n",
            f"sys/fs/cgroup/system.slice/docker-{ID}.scope/memory.events",
            "low 0\nhigh 0\nmax 7\noom 2\noom_kill 2\noom_group_kill 0\n",
        ),
    ],
)
def test_kernel_counts_kills_for_memory_in_both_cgroup_versions(
    tmp_path: Path, groups: str, file: str, content: str
) -> None:
    (tmp_path / "proc/7").mkdir(parents=True)
    (tmp_path / "proc/7/cgroup").write_text(groups)
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(content)
    assert memory_kills(7, ID, tmp_path) == 2
    assert memory_kills(7, "another" * 9, tmp_path) == 0
    assert memory_kills(8, ID, tmp_path) == 0


def test_profile_is_sent_whole_or_named() -> None:
    path = folder("docker") / "seccomp.json"
    assert json.loads(profile(path, by_path=False)) == json.loads(path.read_bytes())
    assert profile(path, by_path=True) == str(path)


def test_there_is_no_sandbox_without_a_profile(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="seccomp"):
        profile(tmp_path / "seccomp.json", by_path=False)
