"""The wheels of an image: chosen from the lock, for the Python inside, with what they depend on."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from grader.errors import ChallengeError, SandboxError
from grader.sandbox.base import Progress

_LOWEST_GLIBC = 17  # of manylinux2014, the oldest that wheels are still made for


@dataclass(frozen=True, slots=True)
class Target:
    """The Python that wheels are for. `markers`: its environment markers, by name."""

    executable: str
    version: str  # "3.11.2"
    glibc: tuple[int, int]
    markers: Mapping[str, str]

    @property
    def machine(self) -> str:
        return self.markers["platform_machine"]

    @property
    def name(self) -> str:
        """What wheels in a cache may be shared by, such as "cp311-x86_64-glibc2.36"."""
        major, minor = self.version.split(".")[:2]
        return f"cp{major}{minor}-{self.machine}-glibc{self.glibc[0]}.{self.glibc[1]}"


@dataclass(frozen=True, slots=True)
class Locked:
    """One distribution of the lock."""

    name: str  # canonical
    version: str
    hashes: frozenset[str]  # "sha256:..."


def read_lock(text: str, target: Target, source: str = "the lock") -> dict[str, Locked]:
    """The distributions that a lock has for `target`, by canonical name.

    `text` is a requirements file with pinned versions and hashes. Raises SandboxError.
    """
    found: dict[str, Locked] = {}
    for line in re.sub(r"\\\n", " ", text).splitlines():
        line = re.sub(r"(^|\s)#.*", "", line).strip()
        if not line or line.startswith("-"):
            continue
        words = line.split("--hash=")
        try:
            requirement = Requirement(words[0].strip())
        except InvalidRequirement as error:
            raise SandboxError(
                f"{source}: cannot read {words[0].strip()!r}: {error}; make the lock again"
            ) from None
        if requirement.marker is not None and not requirement.marker.evaluate(dict(target.markers)):
            continue
        name, pin = canonicalize_name(requirement.name), str(requirement.specifier)
        if not pin.startswith("==") or len(words) == 1:
            raise SandboxError(
                f"{source}: {requirement.name} has no pinned version with hashes; make the lock again"
            )
        found[name] = Locked(name, pin.removeprefix("=="), frozenset(word.strip() for word in words[1:]))
    return found


def collect(
    requires: Iterable[str], lock: Mapping[str, Locked], target: Target, cache: Path, progress: Progress
) -> list[Path]:
    """Wheels for `requires` and all that they depend on, downloaded by pip where `cache` has none.

    Raises ChallengeError for a distribution that the lock does not have, SandboxError if a
    download fails.
    """
    folder = cache / target.name
    folder.mkdir(parents=True, exist_ok=True)
    chosen: dict[str, Path] = {}
    wanted: set[str] = {canonicalize_name(name) for name in requires}
    while wanted:
        needed = [_locked(name, lock) for name in sorted(wanted)]
        missing = [entry for entry in needed if _cached(entry, folder) is None]
        if missing:
            _download(missing, target, folder, progress)
        for entry in needed:
            wheel = _cached(entry, folder)
            if wheel is None:
                raise SandboxError(
                    f"pip brought no wheel of {entry.name} {entry.version} into {folder}; try again"
                )
            chosen[entry.name] = wheel
        wanted = {name for path in chosen.values() for name in dependencies(path, target)} - chosen.keys()
    return [chosen[name] for name in sorted(chosen)]


def dependencies(wheel: Path, target: Target) -> set[str]:
    """Canonical names of what a wheel requires on `target`, without its extras."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        headers = BytesHeaderParser().parsebytes(archive.read(name))
    environment = {**target.markers, "extra": ""}
    requirements = [Requirement(line) for line in headers.get_all("Requires-Dist", [])]
    return {
        canonicalize_name(requirement.name)
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate(environment)
    }


def distributions(wheels: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """Name and version of each wheel."""
    return tuple(
        (str(name), str(version)) for name, version, *_ in (parse_wheel_filename(w.name) for w in wheels)
    )


def _locked(name: str, lock: Mapping[str, Locked]) -> Locked:
    if name not in lock:
        raise ChallengeError(f"requires: the sandbox has no {name!r}; it can have {', '.join(sorted(lock))}")
    return lock[name]


def _cached(entry: Locked, folder: Path) -> Path | None:
    """A wheel in `folder` that is one of those the lock names, by its content."""
    for path in sorted(folder.glob("*.whl")):
        try:
            name, version, *_ = parse_wheel_filename(path.name)
        except InvalidWheelFilename:
            continue
        if (name, str(version)) == (entry.name, entry.version):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if f"sha256:{digest}" in entry.hashes:
                return path
    return None


def _download(entries: list[Locked], target: Target, folder: Path, progress: Progress) -> None:
    progress("Downloading " + ", ".join(f"{entry.name} {entry.version}" for entry in entries))
    lines = [
        f"{entry.name}=={entry.version} " + " ".join(f"--hash={value}" for value in sorted(entry.hashes))
        for entry in entries
    ]
    with tempfile.TemporaryDirectory(prefix="ml-grader-lock-") as temporary:
        requirements = Path(temporary) / "requirements.txt"
        requirements.write_text("\n".join(lines) + "\n", encoding="utf-8")
        result = subprocess.run(
            _pip(requirements, target, folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode:
        said = " ".join((result.stderr or result.stdout).split())[-600:]
        names = ", ".join(entry.name for entry in entries)
        raise SandboxError(
            f"pip could not download the sandbox's wheels ({names}): {said}; check the network and pip's "
            f"configuration, or put the wheels into {folder}"
        )


def _pip(requirements: Path, target: Target, folder: Path) -> list[str]:
    """The command of a download, which follows the user's own configuration of pip."""
    major, minor = target.glibc
    tags = [f"manylinux_{major}_{number}_{target.machine}" for number in range(minor, _LOWEST_GLIBC - 1, -1)]
    tags += [f"manylinux2014_{target.machine}"]
    return [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"),
        *("--require-hashes", "--no-deps", "--only-binary=:all:"),
        *("--implementation", "cp", "--python-version", target.version),
        *(part for tag in tags for part in ("--platform", tag)),
        *("--dest", str(folder), "--requirement", str(requirements)),
    ]
