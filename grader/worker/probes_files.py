"""Probes of privileges, of what can be written and of what can be read."""

from __future__ import annotations

import importlib.util
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from .probing import Answer, Probe, attempt, attempt_in_child, status_field

# What launch.py gives, and what interpreters, C libraries and images set themselves.
_VARIABLES = frozenset(
    (
        "PATH",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "HOME",
        "TMPDIR",
        "PWD",
        "OLDPWD",
        "SHLVL",
        "_",
        "HOSTNAME",
        "TERM",
        "PYTHONHASHSEED",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "LOKY_MAX_CPU_COUNT",
        "NUMEXPR_NUM_THREADS",
        "KMP_DUPLICATE_LIB_OK",  # scikit-learn sets this one and the next when it is imported
        "KMP_INIT_AT_FORK",
        "LD_LIBRARY_PATH",
        "GPG_KEY",
        "PYTHON_VERSION",
        "PYTHON_SHA256",
        "PYTHON_SETUPTOOLS_VERSION",
        "PYTHON_PIP_VERSION",
    )
)
_PROGRAMS = (
    "/bin",
    "/sbin",
    "/usr/bin",
    "/usr/sbin",
    "/usr/local/bin",
    "/usr/lib",
    "/usr/libexec",
    "/usr/local/sbin",
)
_BANK = {"challenge.toml", "expect.toml", "dataset.toml"}
_SYSTEM_FILES = {  # opened for writing, never written to
    "proc_sys": ("/proc/sys/kernel/core_pattern", "change a kernel setting"),
    "proc_sys_vm": ("/proc/sys/vm/drop_caches", "drop the host's caches"),
    "proc_hostname": ("/proc/sys/kernel/hostname", "change the host name in /proc/sys"),
    "sysrq": ("/proc/sysrq-trigger", "send a magic SysRq"),
    "sys_power": ("/sys/power/state", "put the machine to sleep"),
    "sys_helper": ("/sys/kernel/uevent_helper", "name a helper for the kernel to run"),
}
_SECRET_FILES = {
    "shadow": ("/etc/shadow", "read the password hashes"),
    "kcore": ("/proc/kcore", "read the kernel's memory"),
    "machine_id": ("/etc/machine-id", "read the machine's identity"),
}


def _zero(field: str) -> Answer:
    value = status_field(field)
    return int(value or "0", 16) == 0, value


def _is(field: str, wanted: str) -> Answer:
    value = status_field(field)
    return value == wanted, value or "not told"


def _not_root() -> Answer:
    return 0 not in (os.getuid(), os.geteuid(), os.getgid()), f"uid {os.getuid()}, gid {os.getgid()}"


def _no_groups() -> Answer:
    # The kernel shows a group that has no name here as the overflow group.
    others = set(os.getgroups()) - {os.getgid(), 65534}
    return not others, ", ".join(map(str, sorted(others))) or "none"


def _setuid_programs() -> Answer:
    """A set-user-id program is only of use where no-new-privileges does not hold."""
    found = 0
    for folder in _PROGRAMS:
        if not os.path.islink(folder) and os.path.isdir(folder):
            with os.scandir(folder) as entries:
                found += sum(
                    1 for entry in entries if entry.is_file(follow_symlinks=False) and _raises(entry)
                )
    held = status_field("NoNewPrivs") == "1"
    return found == 0 or held, f"{found} present, no-new-privileges {'holds' if held else 'does not hold'}"


def _raises(entry: os.DirEntry[str]) -> bool:
    return bool(entry.stat(follow_symlinks=False).st_mode & (stat.S_ISUID | stat.S_ISGID))


def _become_root() -> Answer:
    if os.getuid() == 0:
        return False, "it is root already"
    return attempt_in_child(lambda: os.setuid(0))


def _writable(folder: str) -> Answer:
    """By asking, then by making a file: a file system may refuse what its modes permit."""
    if not os.path.isdir(folder):
        return True, "not there"
    if not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        return True, "not writable"
    path = os.path.join(folder, f".probe-{uuid.uuid4().hex}")

    def make() -> None:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.unlink(path)

    return attempt(make)


def _open_to_write(path: str) -> Answer:
    return attempt(lambda: os.close(os.open(path, os.O_WRONLY)))


def _control_groups() -> Answer:
    root = "/sys/fs/cgroup"
    folders = [root, *(f"{root}/{name}" for name in (os.listdir(root) if os.path.isdir(root) else ()))]
    files = [f"{folder}/{name}" for folder in folders for name in ("cgroup.procs", "tasks", "release_agent")]
    writable = [path for path in files if os.access(path, os.W_OK)]
    return not writable, ", ".join(writable[:4]) or "none is writable"


def _package_folder(name: str) -> str:
    found = importlib.util.find_spec(name)
    return str(Path(found.origin).parent.parent) if found and found.origin else ""


def _site() -> Answer:
    folder = _package_folder("numpy")
    return _writable(folder) if folder else (None, "no package is installed")


def _run_written(folder: str) -> Answer:
    """Run a script just written. A file system without execution refuses scripts too."""
    if not os.access(folder, os.W_OK):
        return True, "not writable"
    path = os.path.join(folder, f"probe-{uuid.uuid4().hex}")
    try:
        with open(
            os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o700), "w", encoding="utf-8"
        ) as script:
            script.write(f"#!{sys.executable} -V\n")
        return attempt(lambda: subprocess.run([path], stdout=subprocess.DEVNULL, timeout=2, check=False))
    finally:
        os.unlink(path)


def _map_written() -> Answer:
    """Map a written file as code, which is how a library is loaded."""
    import mmap

    with tempfile.TemporaryFile() as file:
        file.write(b"\0" * 4096)
        file.flush()
        return attempt(lambda: mmap.mmap(file.fileno(), 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC).close())


def _ignores(flag: int) -> Answer:
    return bool(os.statvfs(tempfile.gettempdir()).f_flag & flag), tempfile.gettempdir()


def _readable(path: str) -> Answer:
    """Opening is enough, but an empty file put over it tells nothing."""

    def read() -> bytes:
        with open(path, "rb") as file:
            return file.read(1)

    denied, detail = attempt(read)
    return (denied, detail) if denied or read() else (True, "empty")


def _kernel_addresses() -> Answer:
    try:
        with open("/proc/kallsyms", encoding="utf-8") as lines:
            told = any(int(line.split()[0], 16) for _, line in zip(range(50), lines, strict=False))
    except OSError:
        return True, "not readable"
    return not told, "shown" if told else "hidden"


def _homes() -> Answer:
    found = [home for home in ("/root", *(f"/home/{name}" for name in _names("/home"))) if _names(home)]
    return not found, ", ".join(found[:4]) or "none with files"


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _environment() -> Answer:
    others = sorted(set(os.environ) - _VARIABLES)
    return not others, ", ".join(others[:8]) or "only the usual ones"


def _bank() -> Answer:
    """Looks in every folder up to four deep for at most half a second."""
    stop, level = time.monotonic() + 0.5, ["/"]
    for _ in range(5):
        deeper: list[str] = []
        for folder in level:
            if time.monotonic() > stop:
                return None, "half a second was not enough to look everywhere"
            files, folders = _entries(folder)
            if _BANK & files:
                return False, folder
            deeper += [path for path in folders if path not in ("/proc", "/sys", "/dev")]
        level = deeper
    return True, "not found"


def _entries(folder: str) -> tuple[set[str], list[str]]:
    try:
        with os.scandir(folder) as entries:
            listed = [(entry.name, entry.path, entry.is_dir(follow_symlinks=False)) for entry in entries]
    except OSError:
        return set(), []
    return {name for name, _, deep in listed if not deep}, [path for _, path, deep in listed if deep]


def _importable(*names: str) -> Answer:
    found = [name for name in names if importlib.util.find_spec(name)]
    return not found, ", ".join(found) or "not there"


def _tables() -> Answer:
    folder = _package_folder("sklearn")
    if not folder:
        return None, "scikit-learn is not installed"
    found = [name for name in _names(f"{folder}/sklearn/datasets/data") if not name.endswith((".py", ".pyc"))]
    found = [name for name in found if name != "__pycache__"]
    return not found, ", ".join(sorted(found)[:4]) or "not there"


def _descriptors() -> Answer:
    """A directory or file of the host that was left open would be a way out."""
    found = []
    for number in os.listdir("/proc/self/fd"):
        try:
            mode, target = os.fstat(int(number)).st_mode, os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
        inside = target.startswith(("/dev/", "/tmp/", "/proc/"))
        if (stat.S_ISDIR(mode) or stat.S_ISREG(mode)) and not inside:
            found.append(f"{number}: {target}")
    return not found, ", ".join(found[:4]) or "none"


def _processes() -> Answer:
    """The host's processes are many, and kernel threads are among them."""
    pids = [name for name in os.listdir("/proc") if name.isdecimal()]
    try:
        threads = Path("/proc/2/comm").read_text(encoding="utf-8").strip() == "kthreadd"
    except OSError:
        threads = False
    return len(pids) <= 16 and not threads, f"{len(pids)} visible"


def _first_worker() -> int:
    """The oldest ancestor with our own command line: the worker's first process. 0: there is none."""
    mine, oldest, pid = Path("/proc/self/cmdline").read_bytes(), 0, os.getppid()
    while pid > 0:
        try:
            lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
            if Path(f"/proc/{pid}/cmdline").read_bytes() == mine:
                oldest = pid
        except OSError:
            break
        pid = next(int(line.split()[1]) for line in lines if line.startswith("PPid:"))
    return oldest


def _worker_file(name: str) -> Answer:
    pid = _first_worker()
    if not pid:
        return None, "there is no worker above"
    path = f"/proc/{pid}/{name}"
    return attempt(lambda: os.listdir(path) if name == "fd" else os.close(os.open(path, os.O_RDONLY)))


def _beside(attack: Callable[[int], object]) -> Answer:
    """Do something to a process that this one has started."""
    pid = os.fork()
    if pid == 0:
        time.sleep(10)
        os._exit(0)
    try:
        return attempt(lambda: attack(pid))
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _write_memory(pid: int) -> None:
    os.close(os.open(f"/proc/{pid}/mem", os.O_RDWR))


def _set_limit(pid: int) -> None:
    import resource

    resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _terminal() -> Answer:
    return attempt(lambda: os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)))


def _host_name() -> Answer:
    return None, os.uname().nodename  # only the trusted side knows the host's


def _privileges() -> list[Probe]:
    def capabilities(name: str, text: str) -> Probe:
        return Probe(name, "privileges", f"hold {text} capabilities", lambda: _zero(name))

    return [
        capabilities("CapEff", "effective"),
        capabilities("CapPrm", "permitted"),
        capabilities("CapInh", "inheritable"),
        capabilities("CapBnd", "bounding"),
        capabilities("CapAmb", "ambient"),
        Probe(
            "no_new_privs", "privileges", "gain rights by executing a program", lambda: _is("NoNewPrivs", "1")
        ),
        Probe("seccomp", "privileges", "call the kernel without a filter", lambda: _is("Seccomp", "2")),
        Probe("root", "privileges", "be root", _not_root),
        Probe("become_root", "privileges", "become root", _become_root),
        Probe("groups", "privileges", "hold further groups", _no_groups),
        Probe("setuid_programs", "privileges", "use a set-user-id program", _setuid_programs),
        Probe("terminal", "privileges", "open the controlling terminal", _terminal),
    ]


def _writing() -> list[Probe]:
    library, worker = str(Path(os.__file__).parent), str(Path(__file__).parent)

    def folder(name: str, path: str, text: str = "") -> Probe:
        return Probe(
            f"write_{name}", "files", f"write in {text or path}", lambda: _writable(path), risky=True
        )

    return [
        folder("root", "/"),
        folder("usr", "/usr"),
        folder("etc", "/etc"),
        folder("var", "/var/tmp"),
        folder("run", "/run"),
        folder("home", os.path.expanduser("~root"), "root's home folder"),
        folder("library", library, "the standard library's folder"),
        folder("worker", worker, "the worker's folder"),
        Probe("write_site", "files", "write in the packages' folder", _site, risky=True),
        *(
            Probe(name, "files", text, lambda path=path: _open_to_write(path))  # type: ignore[misc]
            for name, (path, text) in _SYSTEM_FILES.items()
        ),
        Probe("cgroup", "files", "change a control group", _control_groups),
        Probe("exec_tmp", "files", "run a file written in /tmp", lambda: _run_written("/tmp")),
        Probe("exec_shm", "files", "run a file written in /dev/shm", lambda: _run_written("/dev/shm")),
        Probe("map_tmp", "files", "load a library written in /tmp", _map_written),
        Probe("nosuid_tmp", "files", "keep a set-user-id file in /tmp", lambda: _ignores(os.ST_NOSUID)),
        Probe("nodev_tmp", "files", "keep a device file in /tmp", lambda: _ignores(os.ST_NODEV)),
    ]


def _reading() -> list[Probe]:
    return [
        *(
            Probe(name, "secrets", text, lambda path=path: _readable(path))  # type: ignore[misc]
            for name, (path, text) in _SECRET_FILES.items()
        ),
        Probe("kernel_addresses", "secrets", "read the kernel's addresses", _kernel_addresses),
        Probe("homes", "secrets", "read home folders", _homes),
        Probe("environment", "secrets", "read further environment variables", _environment),
        Probe("bank", "secrets", "find the bank of challenges", _bank),
        Probe("grader", "secrets", "import the grader", lambda: _importable("grader")),
        Probe("installers", "secrets", "import pip or setuptools", lambda: _importable("pip", "setuptools")),
        Probe("pytest", "secrets", "import pytest", lambda: _importable("pytest", "_pytest")),
        Probe("tables", "secrets", "read the tables that come with scikit-learn", _tables),
        Probe("descriptors", "secrets", "use a file that was left open", _descriptors),
        Probe("processes", "secrets", "see the host's processes", _processes),
        Probe("worker_memory", "secrets", "read the first worker's memory", lambda: _worker_file("mem")),
        Probe(
            "worker_descriptors", "secrets", "see the first worker's descriptors", lambda: _worker_file("fd")
        ),
        Probe(
            "worker_environment",
            "secrets",
            "read the first worker's environment",
            lambda: _worker_file("environ"),
        ),
        Probe("other_memory", "secrets", "write another process's memory", lambda: _beside(_write_memory)),
        Probe("other_limits", "secrets", "set another process's limits", lambda: _beside(_set_limit)),
        Probe(
            "other_priority",
            "secrets",
            "set another process's priority",
            lambda: _beside(lambda pid: os.setpriority(os.PRIO_PROCESS, pid, 5)),
        ),
        Probe("hostname", "secrets", "read the host's name", _host_name),
    ]


def all_probes() -> list[Probe]:
    """In the order in which they are run."""
    return [*_privileges(), *_writing(), *_reading()]
