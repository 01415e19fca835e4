"""What of the host a Python interpreter needs to run inside an otherwise empty file system."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SandboxError

HOME = "/python"  # where the interpreter stands in the sandbox
EXECUTABLE = f"{HOME}/bin/python3"


@dataclass(frozen=True, slots=True)
class HostPython:
    """`binds`: (path on the host, path in the sandbox). `masks`: folders to be hidden by empty ones.

    `library_path` is what LD_LIBRARY_PATH must be in the sandbox.
    """

    binds: tuple[tuple[Path, str], ...]
    masks: tuple[str, ...]
    library_path: str


@functools.cache
def find() -> HostPython:
    """The interpreter that runs the grader: program, standard library, shared libraries.

    Its site-packages are left out: distributions are added one by one. Raises SandboxError
    where the system does not say which libraries the interpreter needs.
    """
    program = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    library = Path(sysconfig.get_path("stdlib"))
    folder = f"{HOME}/lib/{version}"
    binds = [(program, EXECUTABLE), (library, folder)]
    hidden = ("site-packages", "dist-packages", "ensurepip")
    masks = [f"{folder}/{name}" for name in hidden if (library / name).is_dir()]
    folders: list[str] = []
    for path in _shared_libraries(program):
        if not _is_system(path):
            binds.append((path.resolve(), f"{HOME}/lib/{path.name}"))
        elif path.name.startswith("ld-"):
            # The loader stands at a path of its own that is written into the program.
            binds.append((path.resolve(), str(path)))
        elif str(path.parent) not in folders:
            folders.append(str(path.parent))
            binds.append((path.parent, str(path.parent)))
            masks += [str(path.parent / name) for name in _python_folders(path.parent)]
    return HostPython(tuple(binds), tuple(masks), ":".join([f"{HOME}/lib", *folders]))


def _shared_libraries(program: Path) -> list[Path]:
    # What `ldd` does, without its shell, where the C library is GNU's.
    listing = _output([str(program)], LD_TRACE_LOADED_OBJECTS="1") or _output(["ldd", str(program)])
    found = re.findall(r"(/\S+) \(0x", listing)
    if not found:
        raise SandboxError(f"cannot find the shared libraries of {program}; is ldd installed?")
    return [Path(path) for path in found]


def _output(command: list[str], **variables: str) -> str:
    # Not LD_PRELOAD: what is put before others for this process does not belong to the interpreter.
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    environment = kept | variables
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
            env=environment,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def _is_system(path: Path) -> bool:
    return str(path.parent).startswith(("/lib", "/usr/lib"))


def _python_folders(folder: Path) -> list[str]:
    """Other Python installations that lie in a library folder, as on systems without multiarch."""
    return [name for name in os.listdir(folder) if name.startswith("python") and (folder / name).is_dir()]
