"""Control groups from the user's systemd. A stand-in for systemd-run: few build machines have the real one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from grader.model import Limits
from grader.sandbox.bubblewrap import cgroup, scope


@pytest.fixture
def systemd(tmp_path, monkeypatch) -> Path:
    """A user's systemd with control groups of version 2, as far as it is looked at."""
    groups, runtime, programs = tmp_path / "groups", tmp_path / "runtime", tmp_path / "bin"
    for folder in (groups, runtime / "systemd", programs):
        folder.mkdir(parents=True)
    (groups / "cgroup.controllers").touch()
    (runtime / "systemd" / "private").touch()
    program = programs / "systemd-run"
    program.write_text('#!/bin/sh\nwhile [ "$1" != -- ]; do echo "$1"; shift; done; shift; exec "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr(scope, "_GROUPS", groups)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return groups


def test_the_command_runs_in_a_scope_with_every_limit(systemd):
    unit = scope.available(Limits(memory_mb=100, processes=10))
    assert unit is not None
    lines = subprocess.run(
        unit.command(["echo", "ran"]), capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert lines[-1] == "ran"
    assert f"MemoryMax={cgroup.memory_bytes(Limits(memory_mb=100))}" in lines
    assert {"MemorySwapMax=0", "TasksMax=18", "CPUQuota=100%", "OOMPolicy=continue"} <= set(lines)
    assert {"--user", "--scope", f"--unit={unit.unit}"} <= set(lines)


def test_unit_names_hold_only_what_systemd_allows(systemd):
    units = [scope.available(Limits()), scope.available(Limits())]
    names = {unit.unit for unit in units if unit}
    assert len(names) == 2
    assert all(
        set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-_.\\")
        for name in names
    )


def test_the_kernel_is_asked_about_memory_while_the_scope_is_there(systemd, monkeypatch):
    unit = scope.available(Limits())
    assert unit is not None
    assert unit.group() is None
    user = f"user.slice/user-{os.getuid()}.slice/user@{os.getuid()}.service"
    folder = systemd / user / "app.slice" / f"{unit.unit}.scope"
    folder.mkdir(parents=True)
    (folder / "memory.events").write_text("oom 1\noom_kill 0\n")
    group = unit.group()
    assert group is not None
    assert not group.out_of_memory()
    (folder / "memory.events").write_text("oom 1\noom_kill 2\n")
    assert group.out_of_memory()


@pytest.mark.parametrize("missing", ["program", "version 2", "manager"])
def test_without_a_users_systemd_there_is_no_scope(systemd, monkeypatch, missing):
    if missing == "program":
        monkeypatch.setenv("PATH", "/nowhere")
    elif missing == "version 2":
        (systemd / "cgroup.controllers").unlink()
    else:
        monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert scope.available(Limits()) is None
