"""What a submission leaves on the machine is found."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests_sandboxes import usable

from grader.errors import SandboxError
from grader.redteam import machine
from grader.redteam.watched import Watched
from grader.sandbox import owner
from grader.sandbox.base import Specification

NOTHING = machine.Use(0, 0, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def watched() -> Watched:
    return Watched(usable("process"))


def test_a_process_a_file_and_a_sandbox_that_are_left_are_found(watched, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(machine, "CLEAN_SECONDS", 0.1)
    before = machine.use(watched, lambda: 0)
    (tmp_path / f"ml-grader-{owner.me()}-x").touch()
    sandbox = watched.start(Specification(()))
    try:
        found = [one.text for one in machine.left(before, lambda: machine.use(watched, lambda: 3))]
    finally:
        sandbox.kill()
    assert "1 sandboxes are left" in found
    assert "3 containers are left" in found
    assert any("temporary files are left" in text for text in found)
    assert any("processes are left" in text for text in found)
    Path(tmp_path, f"ml-grader-{owner.me()}-x").unlink()
    monkeypatch.setattr(machine, "CLEAN_SECONDS", 5.0)
    assert machine.left(before, lambda: machine.use(watched, lambda: 0)) == []


def test_a_process_that_ends_by_itself_soon_is_waited_for(watched):
    before = machine.use(watched, lambda: 0)
    with subprocess.Popen(["sleep", "0.3"]):
        assert machine.left(before, lambda: machine.use(watched, lambda: 0)) == []


def test_growth_that_others_may_have_caused_is_told_apart():
    now = replace(NOTHING, memory=machine.MEMORY_MB + 1, disk=machine.DISK_MB + 1, groups=1)
    found = list(machine.grown(NOTHING, now))
    assert [one.shared for one in found] == [True, True, False]
    assert list(machine.grown(NOTHING, replace(NOTHING, memory=machine.MEMORY_MB))) == []


def test_sandboxes_that_do_not_get_ready_are_an_error(watched, monkeypatch):
    monkeypatch.setattr(machine, "READY_SECONDS", 0.3)
    with pytest.raises(SandboxError, match="0 sandboxes were ready"):
        machine.still(lambda: machine.use(watched, lambda: 0), 1)


def test_the_time_of_every_kill_is_noted_once(watched):
    sandbox = watched.start(Specification(()))
    assert watched.living == 1
    sandbox.ending()
    sandbox.kill()
    assert watched.living == 0
    assert len(watched.kills) == 1
    assert 0 < watched.kills[0] < 5
