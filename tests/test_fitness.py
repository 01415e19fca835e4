"""Candidates' code is let only into sandboxes that deny what they must."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests_sandboxes import usable

from grader import Session, fitness
from grader.cli.main import command
from grader.errors import SandboxError
from grader.fitness import Gate
from grader.model import Environment, Status
from grader.sandbox import seccomp
from grader.sandbox.choose import make
from grader.sandbox.docker import backend as docker
from grader.sandbox.docker.backend import DockerBackend

NUMPY = ("numpy",)
WHERE = Environment("bubblewrap", "standard", "3.11", (("numpy", "2"),))


@pytest.fixture
def bubblewrap():
    usable("bubblewrap")
    return make("bubblewrap")


@pytest.fixture
def weakened(monkeypatch):
    """A system call filter with a hole in it."""
    profile = seccomp.load_profile()
    hole = {"names": ["personality"], "action": "SCMP_ACT_ALLOW"}
    monkeypatch.setattr(
        seccomp, "load_profile", lambda: {**profile, "syscalls": [*profile["syscalls"], hole]}
    )
    seccomp.sandbox_filter.cache_clear()
    yield
    seccomp.sandbox_filter.cache_clear()


@pytest.mark.bubblewrap
def test_a_sandbox_is_tried_once_and_remembered(bubblewrap, tmp_path):
    told: list[str] = []
    memory = tmp_path / "cache" / "probes.json"
    Gate(bubblewrap, memory).demand(NUMPY, WHERE, told.append)
    assert len(told) == 1
    Gate(bubblewrap, memory).demand(NUMPY, WHERE, told.append)
    assert len(told) == 1
    Gate(bubblewrap, memory).demand(NUMPY, Environment("bubblewrap", "standard", "3.99", ()), told.append)
    assert len(told) == 2


@pytest.mark.bubblewrap
def test_a_sandbox_that_does_not_deny_what_it_must_is_refused_each_time(bubblewrap, weakened, tmp_path):
    gate = Gate(bubblewrap, tmp_path / "probes.json")
    for _ in range(2):
        with pytest.raises(SandboxError, match=r"(?s)must.*change the execution domain.*doctor --probe"):
            gate.demand(NUMPY, WHERE, lambda text: None)
    assert not (tmp_path / "probes.json").exists()


@pytest.mark.bubblewrap
def test_nothing_is_graded_in_a_sandbox_with_a_hole(bubblewrap, weakened, tmp_path):
    solution = tmp_path / "solution.py"
    solution.write_text("def f1(): pass\n")
    with Session(sandbox="bubblewrap") as session:
        report = session.grade("f1-by-hand", solution)
    assert report.status is Status.INFRASTRUCTURE
    assert "change the execution domain" in report.infrastructure
    assert not report.passed


@pytest.mark.docker
def test_nothing_is_graded_in_a_container_with_a_hole(weakened, monkeypatch, tmp_path):
    usable("docker")
    monkeypatch.setattr(docker, "profile", lambda path, by_path: json.dumps(seccomp.load_profile()))
    solution = tmp_path / "solution.py"
    solution.write_text("def f1(): pass\n")
    with closing(DockerBackend()) as backend, Session(backend=backend) as session:
        report = session.grade("f1-by-hand", solution)
    assert report.status is Status.INFRASTRUCTURE
    assert "change the execution domain" in report.infrastructure


@pytest.mark.bubblewrap
def test_the_command_refuses_a_sandbox_with_a_hole_and_says_what_to_do(weakened, tmp_path):
    usable("bubblewrap")
    solution = tmp_path / "solution.py"
    solution.write_text("def f1(): pass\n")
    words = ["grade", "f1-by-hand", str(solution), "--sandbox", "bubblewrap", "--no-record"]
    result = CliRunner().invoke(command, words, prog_name="grader")
    assert result.exit_code == 3
    for part in ("change the execution domain", "doctor --probe", "--sandbox process"):
        assert part in result.output.replace("\n", " ")


@pytest.mark.bubblewrap
@pytest.mark.parametrize("text", ["", "{", "[]", '{"fit": 3}', '{"fit": [1, null]}'])
def test_a_damaged_memory_is_only_a_reason_to_try_again(bubblewrap, tmp_path, text):
    memory = tmp_path / "probes.json"
    memory.write_text(text)
    Gate(bubblewrap, memory).demand(NUMPY, WHERE, lambda line: None)
    assert len(json.loads(memory.read_text())["fit"]) == 1


def test_the_sandbox_that_promises_nothing_is_not_tried(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(fitness, "probe", lambda *_: pytest.fail("it was tried"))
    where = Environment("process", "none", "3.11", ())
    Gate(make("process"), tmp_path / "probes.json").demand(NUMPY, where, lambda text: None)
