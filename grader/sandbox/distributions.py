"""The distributions that a sandbox may hold, found in the grader's own environment."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SandboxError


@dataclass(frozen=True, slots=True)
class Distribution:
    """An installed distribution: its name, version and what it put into site-packages."""

    name: str
    version: str
    entries: tuple[Path, ...]


def closure(requires: tuple[str, ...]) -> tuple[Distribution, ...]:
    """`requires` and everything that they depend on, sorted by name, extras left out.

    Raises SandboxError for one that is not installed or does not list its files.
    """
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: dict[str, Distribution] = {}
    waiting = list(requires)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            metadata = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            raise SandboxError(
                f"the challenge needs {name}, which is not installed beside the grader; "
                f"run: pip install {name}"
            ) from None
        found[name] = Distribution(name, metadata.version, _entries(name, metadata))
        for text in metadata.requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return tuple(found[name] for name in sorted(found))


def _entries(name: str, metadata: importlib.metadata.Distribution) -> tuple[Path, ...]:
    record = metadata.read_text("RECORD")
    if record is None:
        raise SandboxError(
            f"{name} does not list its files (it was not installed by pip); "
            "install the grader and its packages into a virtual environment"
        )
    # A line is path,hash,size; scripts and the like lie outside, behind "..".
    tops = {line.split(",", 1)[0].split("/", 1)[0].strip('"') for line in record.splitlines() if line}
    site = Path(str(metadata.locate_file("")))
    return tuple(site / top for top in sorted(tops - {"..", "__pycache__", ""}) if (site / top).exists())
