from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from grader.errors import ChallengeError, SandboxError
from grader.sandbox.docker.wheels import Locked, Target, collect, dependencies, distributions, read_lock

TARGET = Target(
    "/usr/bin/python3",
    "3.11.2",
    (2, 36),
    {
        "python_full_version": "3.11.2",
        "python_version": "3.11",
        "platform_machine": "x86_64",
        "sys_platform": "linux",
    },
)
LOCK = """
# made by a tool
--only-binary :all:
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via
    #   -r sandbox.in
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:cc
Scikit_Learn==1.9.1 \\
    --hash=sha256:dd  # via -r sandbox.in
"""


def make_wheel(folder: Path, name: str, *requires: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        "Version: 1.0",
        *(f"Requires-Dist: {r}" for r in requires),
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join(lines) + "\n\n")
        archive.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n\n")
    return path


def locked(path: Path) -> Locked:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Locked(path.name.split("-")[0], "1.0", frozenset({f"sha256:{digest}"}))


def test_lock_is_read_for_the_python_inside() -> None:
    assert read_lock(LOCK, TARGET) == {
        "numpy": Locked("numpy", "2.4.6", frozenset({"sha256:aa", "sha256:bb"})),
        "scikit-learn": Locked("scikit-learn", "1.9.1", frozenset({"sha256:dd"})),
    }
    newer = Target("python3", "3.12.1", (2, 36), {**TARGET.markers, "python_full_version": "3.12.1"})
    assert read_lock(LOCK, newer)["numpy"].version == "2.5.5"


@pytest.mark.parametrize("line", ["numpy==1.0", "numpy>=1 --hash=sha256:aa", "two words --hash=sha256:aa"])
def test_a_lock_without_pins_or_hashes_is_refused(line: str) -> None:
    with pytest.raises(SandboxError, match="make the lock again"):
        read_lock(line, TARGET)


def test_dependencies_follow_markers_and_leave_extras_out(tmp_path: Path) -> None:
    wheel = make_wheel(
        tmp_path,
        "thing",
        "Needed_One>=1",
        "older; python_version < '3.8'",
        "windows; sys_platform == 'win32'",
        "tests; extra == 'tests'",
    )
    assert dependencies(wheel, TARGET) == {"needed-one"}


def test_exactly_what_is_needed_is_collected(tmp_path: Path) -> None:
    folder = tmp_path / TARGET.name
    wheels = [
        make_wheel(folder, "top", "middle"),
        make_wheel(folder, "middle", "bottom", "middle"),
        make_wheel(folder, "bottom"),
        make_wheel(folder, "other"),
    ]
    lock = {entry.name: entry for entry in map(locked, wheels)}
    said: list[str] = []
    found = collect(["Top"], lock, TARGET, tmp_path, said.append)
    assert distributions(found) == (("bottom", "1.0"), ("middle", "1.0"), ("top", "1.0"))
    assert said == [], "everything was in the cache"
    assert collect([], lock, TARGET, tmp_path, said.append) == []


def test_a_wheel_that_was_changed_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = make_wheel(tmp_path / TARGET.name, "thing")
    lock = {"thing": locked(wheel)}
    with wheel.open("ab") as file:
        file.write(b"more")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    with pytest.raises(SandboxError, match="thing"):
        collect(["thing"], lock, TARGET, tmp_path, lambda line: None)


def test_pip_brings_what_the_cache_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    lock = {"thing": locked(make_wheel(source, "thing"))}
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(source))
    said: list[str] = []
    [found] = collect(["thing"], lock, TARGET, tmp_path / "cache", said.append)
    assert found.parent == tmp_path / "cache" / TARGET.name
    assert said == ["Downloading thing 1.0"]


def test_a_distribution_outside_the_lock_is_the_authors_error(tmp_path: Path) -> None:
    with pytest.raises(ChallengeError, match="no 'torch'; it can have numpy, scikit-learn"):
        collect(["torch"], read_lock(LOCK, TARGET), TARGET, tmp_path, lambda line: None)
