"""Probes of the network, of system calls and of device files."""

from __future__ import annotations

import fcntl
import os
import platform
import signal
import socket
import stat
import tempfile
import uuid
from collections.abc import Callable

from .probing import Answer, Probe, attempt, attempt_in_child, in_child, refused, system_call

_FAMILIES = {  # name -> (family, type, protocol, words)
    "inet": (2, socket.SOCK_STREAM, 0, "IPv4"),
    "inet_raw": (2, socket.SOCK_RAW, socket.IPPROTO_ICMP, "raw IPv4"),
    "inet6": (10, socket.SOCK_STREAM, 0, "IPv6"),
    "netlink": (16, socket.SOCK_RAW, 0, "netlink"),
    "packet": (17, socket.SOCK_DGRAM, 0, "raw packets"),
    "can": (29, socket.SOCK_RAW, 0, "CAN bus"),
    "tipc": (30, socket.SOCK_DGRAM, 0, "TIPC"),
    "bluetooth": (31, socket.SOCK_RAW, 1, "Bluetooth"),
    "alg": (38, socket.SOCK_SEQPACKET, 0, "kernel cryptography"),
    "vsock": (40, socket.SOCK_STREAM, 0, "vsock, to the hypervisor"),
    "xdp": (44, socket.SOCK_RAW, 0, "XDP"),
}
_ENGINES = (
    "/var/run/docker.sock",
    "/run/docker.sock",
    "/run/podman/podman.sock",
    "/run/containerd/containerd.sock",
    "/run/dbus/system_bus_socket",
)
# Calls whose arguments do nothing where they are allowed: name -> (numbers, arguments, words).
_CALLS: dict[str, tuple[tuple[int, int], tuple[int | bytes | None, ...], str]] = {
    "process_vm_readv": ((310, 270), (os.getpid(), 0, 0, 0, 0, 0), "read a process's memory"),
    "process_vm_writev": ((311, 271), (os.getpid(), 0, 0, 0, 0, 0), "write a process's memory"),
    "kcmp": ((312, 272), (os.getpid(), os.getpid(), 0, 0, 0), "compare two processes' resources"),
    "io_uring": ((425, 425), (1, None), "set up io_uring"),
    "aio": ((206, 0), (0, None), "set up asynchronous I/O of the kernel"),
    "keyctl": ((250, 219), (0, -3, 0), "use the kernel's keyrings"),
    "add_key": ((248, 217), (None, None, None, 0, 0), "add a key to a keyring"),
    "request_key": ((249, 218), (None, None, None, 0), "request a key"),
    "perf_event_open": ((298, 241), (None, 0, -1, -1, 0), "open a performance counter"),
    "bpf": ((321, 280), (0, None, 0), "load a BPF program"),
    "personality": ((135, 92), (0xFFFFFFFF,), "change the execution domain"),
    "sysv_shm": ((29, 194), (0x67726164, 4096, 0), "use System V shared memory"),
    "sysv_sem": ((64, 190), (0x67726164, 1, 0), "use System V semaphores"),
    "sysv_msg": ((68, 186), (0x67726164, 0), "use System V message queues"),
    "posix_mq": ((240, 180), (None, 0, 0, None), "use POSIX message queues"),
    "clone3": ((435, 435), (None, 0), "call clone3, whose flags no filter sees"),
    "name_to_handle_at": ((303, 264), (-100, b"/", None, None, 0), "make a file handle"),
    "open_by_handle_at": ((304, 265), (-1, None, 0), "open a file by its handle"),
    "syslog": ((103, 116), (10, None, 0), "read the kernel's log"),
    "move_pages": ((279, 239), (os.getpid(), 0, None, None, None, 0), "move a process's memory"),
}
_DESCRIPTOR_CALLS: dict[str, tuple[tuple[int, int], tuple[int | bytes | None, ...], str]] = {
    "userfaultfd": ((323, 282), (1,), "handle page faults (userfaultfd)"),
    "memfd": ((319, 279), (b"probe", 1), "make memory that is a file (memfd)"),
    "fanotify": ((300, 262), (0, 0), "watch the file system (fanotify)"),
    "fsopen": ((430, 430), (b"tmpfs", 0), "prepare a file system (fsopen)"),
    "open_tree": ((428, 428), (-100, b"/", 1), "copy a tree of mounts (open_tree)"),
}
# Calls that would do harm to a machine that allows them.
_RISKY_CALLS: dict[str, tuple[tuple[int, int], tuple[int | bytes | None, ...], str]] = {
    "umount": ((166, 39), (b"/proc", 4), "unmount a file system"),
    "pivot_root": ((155, 41), (b"/", b"/"), "change the root (pivot_root)"),
    "chroot": ((161, 51), (b"/",), "change the root (chroot)"),
    "kexec": ((246, 104), (0, 0, None, 0), "load another kernel"),
    "init_module": ((175, 105), (None, 0, None), "load a kernel module"),
    "reboot": ((169, 142), (0, 0, 0, None), "reboot"),
    "acct": ((163, 89), (b"/nowhere",), "switch process accounting"),
    "swapon": ((167, 224), (b"/nowhere", 0), "add swap space"),
    "quotactl": ((179, 60), (0, None, 0, None), "manage disk quotas"),
    "clock_settime": ((227, 112), (0, None), "set the clock"),
    "sethostname": ((170, 161), (b"probe", 0), "set the host name"),
}
_NAMESPACES = {
    "user": 0x10000000,
    "mount": 0x20000,
    "network": 0x40000000,
    "pid": 0x20000000,
    "ipc": 0x08000000,
    "time": 0x80,
}
_DEVICES = ("mem", "kmsg", "fuse", "kvm", "net/tun", "loop-control", "vhost-vsock", "uinput")
_HARMLESS = frozenset(
    (
        "null",
        "zero",
        "full",
        "random",
        "urandom",
        "tty",
        "ptmx",
        "pts",
        "shm",
        "fd",
        "stdin",
        "stdout",
        "stderr",
        "core",
        "mqueue",
        "console",
    )
)


def _socket(family: int, kind: int, protocol: int) -> Answer:
    return attempt(lambda: socket.socket(family, kind, protocol).close())


def _route(address: str) -> Answer:
    """Connecting a datagram socket looks up a route and sends nothing."""

    def connect() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.connect((address, 80))

    return attempt(connect)


def _look_up() -> Answer:
    try:
        answer = in_child(lambda: str(socket.getaddrinfo("example.com", 80)[0][4][0]), seconds=1.0)
    except TimeoutError:  # without a network the refusal comes at once
        return False, "it waits for an answer"
    return not answer, answer or "refused"


def _engine() -> Answer:
    reached = []
    for path in (*_ENGINES, f"/run/user/{os.getuid()}/podman/podman.sock", f"/run/user/{os.getuid()}/bus"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(0.2)
            if client.connect_ex(path) == 0:
                reached.append(path)
    return not reached, ", ".join(reached) or "none answers"


def _abstract_sockets() -> Answer:
    with open("/proc/net/unix", encoding="utf-8") as lines:
        names = {line.split()[7] for line in lines if len(line.split()) > 7 and "@" in line}
    return not names, f"{len(names)} of other programs"


def _interfaces() -> Answer:
    with open("/proc/net/dev", encoding="utf-8") as lines:
        names = {line.partition(":")[0].strip() for line in lines if ":" in line} - {"lo"}
    return not names, ", ".join(sorted(names)[:8]) or "only the loopback"


def _call(name: str) -> Answer:
    numbers, arguments, _ = {**_CALLS, **_RISKY_CALLS}[name]
    return refused(numbers, *arguments)


def _descriptor_call(name: str) -> Answer:
    numbers, arguments, _ = _DESCRIPTOR_CALLS[name]
    return attempt(lambda: os.close(system_call(numbers, *arguments)))


def _pidfd_getfd() -> Answer:
    try:
        process = os.pidfd_open(os.getpid())
    except OSError:
        return True, "there are no process descriptors"
    try:
        return attempt(lambda: os.close(system_call((438, 438), process, process, 0)))
    finally:
        os.close(process)


def _trace() -> Answer:
    """PTRACE_SEIZE of a child of our own, which even a strict Yama setting permits."""

    def seize() -> None:
        target = os.fork()
        if target == 0:
            signal.pause()
        try:
            system_call((101, 117), 0x4206, target, 0, 0)
        finally:
            os.kill(target, signal.SIGKILL)
            os.waitpid(target, 0)

    return attempt_in_child(seize)


def _unshare(flag: int) -> Answer:
    return attempt_in_child(lambda: system_call((272, 97), flag))


def _clone_user() -> Answer:
    def clone() -> None:
        child = system_call((56, 220), 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)

    return attempt_in_child(clone)


def _enter_namespace() -> Answer:
    def enter() -> None:
        place = os.open("/proc/self/ns/uts", os.O_RDONLY)
        system_call((308, 268), place, 0)

    return attempt_in_child(enter)


def _mount() -> Answer:
    def mount() -> None:
        system_call((165, 40), b"none", tempfile.gettempdir().encode(), b"tmpfs", 0, None)
        system_call((166, 39), tempfile.gettempdir().encode(), 2)

    return attempt(mount)


def _realtime() -> Answer:
    return attempt_in_child(lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)))


def _more_processors() -> Answer:
    def widen() -> None:
        os.sched_setaffinity(0, range(os.cpu_count() or 1))

    return attempt_in_child(widen)


def _x32() -> Answer:
    if platform.machine() != "x86_64":
        return None, "only on x86_64"
    return attempt_in_child(lambda: system_call((0x40000000 + 39, 0)))


def _terminal_input() -> Answer:
    denied, detail = attempt(lambda: fcntl.ioctl(0, 0x5412, b"\0"))
    return denied and detail != "ENOTTY", detail


def _make_device(kind: int, major: int, minor: int) -> Answer:
    path = os.path.join(tempfile.gettempdir(), f"probe-{uuid.uuid4().hex}")

    def make() -> None:
        os.mknod(path, kind | 0o600, os.makedev(major, minor))
        os.unlink(path)

    return attempt(make)


def _open_device(name: str) -> Answer:
    return attempt(lambda: os.close(os.open(f"/dev/{name}", os.O_RDONLY | os.O_NONBLOCK)))


def _other_devices() -> Answer:
    others = sorted(set(os.listdir("/dev")) - _HARMLESS)
    return not others, ", ".join(others[:8]) or "only the usual ones"


def _network() -> list[Probe]:
    def family(name: str) -> Probe:
        *kind, text = _FAMILIES[name]
        return Probe(f"socket_{name}", "network", f"open a network socket ({text})", lambda: _socket(*kind))

    return [
        *map(family, _FAMILIES),
        Probe("loopback", "network", "reach the loopback address", lambda: _route("127.0.0.1")),
        Probe("metadata", "network", "reach a cloud's metadata address", lambda: _route("169.254.169.254")),
        Probe("dns", "network", "look up a name", _look_up, risky=True),
        Probe("engine", "network", "connect to a container engine or system bus", _engine),
        Probe("abstract_sockets", "network", "see other programs' abstract sockets", _abstract_sockets),
        Probe("interfaces", "network", "see a network interface", _interfaces),
    ]


def _kernel() -> list[Probe]:
    def call(name: str, text: str, function: Callable[[str], Answer], risky: bool = False) -> Probe:
        return Probe(name, "kernel", text, lambda: function(name), risky)

    return [
        *(call(name, row[2], _call) for name, row in _CALLS.items()),
        *(call(name, row[2], _descriptor_call) for name, row in _DESCRIPTOR_CALLS.items()),
        *(call(name, row[2], _call, risky=True) for name, row in _RISKY_CALLS.items()),
        *(
            Probe(f"unshare_{name}", "kernel", f"make a {name} namespace", lambda flag=flag: _unshare(flag))  # type: ignore[misc]
            for name, flag in _NAMESPACES.items()
        ),
        Probe("clone_user", "kernel", "start a process in a new user namespace", _clone_user),
        Probe("setns", "kernel", "enter a namespace", _enter_namespace),
        Probe("mount", "kernel", "mount a file system", _mount, risky=True),
        Probe("ptrace", "kernel", "trace a process", _trace),
        Probe("pidfd_getfd", "kernel", "take a descriptor from a process", _pidfd_getfd),
        Probe("realtime", "kernel", "run with real-time priority", _realtime),
        Probe("affinity", "kernel", "choose other processors", _more_processors),
        Probe("x32", "kernel", "call the kernel as an x32 program", _x32),
        Probe("terminal_input", "kernel", "type into the terminal", _terminal_input, risky=True),
    ]


def _devices() -> list[Probe]:
    def device(name: str) -> Probe:
        key = "device_" + name.replace("/", "_").replace("-", "_")
        return Probe(key, "devices", f"open /dev/{name}", lambda: _open_device(name))

    return [
        *map(device, _DEVICES),
        Probe("devices", "devices", "see other device files", _other_devices),
        Probe(
            "mknod_memory",
            "devices",
            "make a device file",
            lambda: _make_device(stat.S_IFCHR, 1, 1),
            risky=True,
        ),
        Probe(
            "mknod_disk",
            "devices",
            "make a disk's file",
            lambda: _make_device(stat.S_IFBLK, 8, 0),
            risky=True,
        ),
    ]


def all_probes() -> list[Probe]:
    """In the order in which they are run."""
    return [*_network(), *_kernel(), *_devices()]
