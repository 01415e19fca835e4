"""No isolation: a plain subprocess with limits. For one's own code, asked for by name only."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from grader.resources import package_folder
from grader.sandbox import distributions, launch, owner, pipes
from grader.sandbox.base import Progress, Sandbox, Specification
from grader.worker import processes

_PREFIX = "ml-grader-process-"


class ProcessBackend:
    """Runs the worker with the grader's own interpreter, as the grader's own user."""

    name = "process"
    isolation = "none"

    def unavailable(self) -> str:
        """See the protocol; always available."""
        return ""

    def prepare(self, specification: Specification, progress: Progress) -> None:
        """See the protocol; there is nothing to do."""

    def start(self, specification: Specification) -> Sandbox:
        """See the protocol. The distributions are linked into a folder made for this one run."""
        found = distributions.closure(specification.requires)
        root = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{owner.me()}-"))
        try:
            work, site, worker = root / "work", root / "site", root / "worker"
            for folder in (work, site, worker):
                folder.mkdir()
            (worker / "worker").symlink_to(package_folder("worker"))
            for distribution in found:
                for entry in distribution.entries:
                    (site / entry.name).symlink_to(entry)

            def command(control: int, data: int) -> list[str]:
                config = launch.worker_config(
                    specification,
                    transport={"fds": [control, data]},
                    own_pids=False,
                    kill_is_final=sys.platform == "linux",
                    folders=(str(work),),
                )
                return launch.command(sys.executable, str(worker), str(site), config)

            variables = {**launch.ENVIRONMENT, "HOME": str(work), "TMPDIR": str(work)}
            process, control, data = pipes.start(command, variables=variables, cwd=work, what="process")
        except BaseException:
            shutil.rmtree(root, ignore_errors=True)
            raise
        return pipes.LocalSandbox(
            process,
            control,
            data,
            pipes.environment(self, found),
            kill_rest=lambda: _kill_left(str(work)),
            cleanup=lambda: shutil.rmtree(root, ignore_errors=True),
        )

    def machine(self) -> str:
        """See the protocol; it isolates nothing."""
        return ""

    def reap(self) -> int:
        """See the protocol."""
        removed = 0
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            if not owner.is_alive(folder.name.removeprefix(_PREFIX).rpartition("-")[0]):
                _kill_left(str(folder))
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
        return removed


def _kill_left(work: str) -> None:
    """Kill what the worker left running: processes that carry its folder in their environment."""
    mark = f"TMPDIR={work}".encode()
    for pid in processes.all_pids():
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                ours = mark in file.read()
        except OSError:
            continue
        if ours and pid != os.getpid():
            processes.kill(pid)
