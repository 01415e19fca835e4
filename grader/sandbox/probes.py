"""What each sandbox is expected to deny, and what to make of the probes' answers.

The probes themselves run inside (grader/worker/probes.py). Their names are written out here
so that an answer that is missing is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NETWORK = _names(
    """
    socket_inet socket_inet_raw socket_inet6 socket_netlink socket_packet socket_can socket_tipc
    socket_bluetooth socket_alg socket_vsock socket_xdp
    loopback metadata dns engine abstract_sockets interfaces
    """
)
_KERNEL = _names(
    """
    process_vm_readv process_vm_writev kcmp io_uring aio keyctl add_key request_key perf_event_open bpf
    personality sysv_shm sysv_sem sysv_msg posix_mq clone3 name_to_handle_at open_by_handle_at syslog
    move_pages userfaultfd memfd fanotify fsopen open_tree
    umount pivot_root chroot kexec init_module reboot acct swapon quotactl clock_settime sethostname
    unshare_user unshare_mount unshare_network unshare_pid unshare_ipc unshare_time clone_user setns
    mount ptrace pidfd_getfd realtime affinity x32 terminal_input
    """
)
_DEVICES = _names(
    """
    device_mem device_kmsg device_fuse device_kvm device_net_tun device_loop_control device_vhost_vsock
    device_uinput devices mknod_memory mknod_disk
    """
)
_PRIVILEGES = _names(
    """
    CapEff CapPrm CapInh CapBnd CapAmb no_new_privs seccomp root become_root groups setuid_programs terminal
    """
)
_FILES = _names(
    """
    write_root write_usr write_etc write_var write_run write_home write_library write_worker write_site
    proc_sys proc_sys_vm proc_hostname sysrq sys_power sys_helper cgroup
    exec_tmp exec_shm map_tmp nosuid_tmp nodev_tmp
    """
)
_SECRETS = _names(
    """
    shadow kcore machine_id kernel_addresses homes environment bank grader installers pytest tables
    descriptors processes worker_memory worker_descriptors worker_environment
    other_memory other_limits other_priority hostname
    """
)
_LIMITS = _names(
    """
    limit_core limit_nofile limit_fsize limit_memlock limit_rtprio
    cpus tasks disk_tmp disk_shm memory memory_shared
    """
)

NAMES = (*_NETWORK, *_KERNEL, *_DEVICES, *_PRIVILEGES, *_FILES, *_SECRETS, *_LIMITS)

# Bubblewrap mounts nothing without execution, and only a control group bounds shared memory and
# processors; not every machine lets it make one.
_BUBBLEWRAP_WEAK = {"exec_tmp", "exec_shm", "map_tmp", "memory_shared", "cpus"}

# Podman may not know the setting that makes /proc read-only.
_DOCKER_WEAK = {"other_memory"}

# gVisor answers these calls itself and they never reach the host's kernel; limits are held
# around it, where the probes do not see them.
_GVISOR_WEAK = {
    *(name for name in _NETWORK if name.startswith("socket_")),
    "loopback",
    *_KERNEL,
    *_DEVICES,
    *("no_new_privs", "seccomp", "setuid_programs", "map_tmp", "nosuid_tmp", "nodev_tmp"),
    *("cpus", "tasks", "memory", "memory_shared"),
    *("worker_descriptors", "worker_environment"),  # its /proc hides only memory
}


class Expectation(StrEnum):
    """What a sandbox owes."""

    DENIED = "denied"
    WEAK = "weak"  # denied where the machine permits; said, but no reason to refuse
    OPEN = "open"  # not promised


class State(StrEnum):
    """What came of one probe."""

    DENIED = "denied"
    WEAK = "weak"
    OPEN = "open"
    FAILED = "failed"  # owed and not denied, or not answered: nobody else's code may be graded
    UNKNOWN = "unknown"  # the question does not arise here


@dataclass(frozen=True, slots=True)
class Finding:
    """One probe's answer beside what was expected."""

    name: str
    group: str
    title: str
    state: State
    detail: str
    expected: Expectation = Expectation.DENIED


def expected(sandbox: str, runtime: str = "") -> Mapping[str, Expectation]:
    """Probe name -> what `sandbox` ("docker", "bubblewrap", "process") owes, with Docker's `runtime`."""
    if sandbox == "process":
        return MappingProxyType(dict.fromkeys(NAMES, Expectation.OPEN))
    weak = _DOCKER_WEAK
    if sandbox == "bubblewrap":
        weak = _BUBBLEWRAP_WEAK
    elif runtime == "runsc":
        weak = _GVISOR_WEAK
    return MappingProxyType(
        {name: Expectation.WEAK if name in weak else Expectation.DENIED for name in NAMES}
    )


def judge(
    answers: Sequence[Mapping[str, object]], sandbox: str, *, hostname: str, runtime: str = ""
) -> tuple[Finding, ...]:
    """A finding for every probe, in the order of `NAMES`.

    `answers` is what the worker's `run` returned. `hostname` is the host's: only the trusted
    side can tell whether the name that the sandbox sees is another one.
    """
    given = {str(answer.get("name")): answer for answer in answers}
    return tuple(
        _finding(name, given.get(name), expectation, hostname)
        for name, expectation in expected(sandbox, runtime).items()
    )


def _finding(
    name: str, answer: Mapping[str, object] | None, expectation: Expectation, hostname: str
) -> Finding:
    if answer is None:
        state = State.UNKNOWN if expectation is Expectation.OPEN else State.FAILED
        return Finding(name, "", name, state, "no answer", expectation)
    detail = str(answer.get("detail", ""))
    denied = answer.get("denied")
    if name == "hostname":
        denied = bool(detail) and detail != hostname
    if denied is None:
        state = State.UNKNOWN
    elif denied is True:
        state = State.DENIED
    else:
        state = State.FAILED if expectation is Expectation.DENIED else State(expectation.value)
    group, title = str(answer.get("group", "")), str(answer.get("title", ""))
    return Finding(name, group, title, state, detail, expectation)
