from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest
from click.testing import Result

from grader.sandbox.bubblewrap.backend import BubblewrapBackend
from grader.sandbox.choose import make

Run = Callable[..., Result]
Start = Callable[..., subprocess.Popen[str]]
NO_ENGINE = {"DOCKER_HOST": "unix:///nowhere/docker.sock"}


def answer(start: Start, *arguments: str, **environment: str) -> tuple[int, dict[str, object]]:
    process = start("doctor", "--json", *arguments, **environment)
    out, err = process.communicate(timeout=120)
    assert err == ""
    return process.returncode, json.loads(out)


@pytest.mark.bubblewrap
def test_without_an_engine_bubblewrap_is_chosen_and_what_it_denies_is_told(start: Start) -> None:
    if reason := BubblewrapBackend().unavailable():
        pytest.skip(reason)
    code, found = answer(start, **NO_ENGINE)
    assert code == 0
    assert found["chosen"] == "bubblewrap"
    assert found["fit"] is True
    findings = found["findings"]
    assert isinstance(findings, list)
    assert len(findings) > 60
    assert {one["state"] for one in findings} <= {"denied", "weak", "unknown"}
    docker, *_ = found["sandboxes"]  # type: ignore[misc]
    assert docker["usable"] is False
    assert "install Docker" in docker["reason"]


@pytest.mark.bubblewrap
def test_it_is_told_in_plain_words(start: Start) -> None:
    if reason := BubblewrapBackend().unavailable():
        pytest.skip(reason)
    process = start("doctor", "--sandbox", "bubblewrap", "--verbose", **NO_ENGINE)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, out + err
    for part in (
        "docker      cannot be used: no container engine answers",
        "bubblewrap  can be used, isolation standard",
        "process     can be used, but isolates nothing",
        "bubblewrap is looked at, as asked.",
        "the network: 1",
        "things were tried from inside bubblewrap, each with what came of it and what is expected:",
        "denied         must be denied  open a network socket (IPv4)",
        "weaker         if possible     run a file written in /tmp",
        "Others' code can be graded with bubblewrap.",
    ):
        assert part in out


def test_the_process_sandbox_is_said_to_isolate_nothing(start: Start) -> None:
    process = start("doctor", "--sandbox", "process", **NO_ENGINE)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "It isolates nothing. Grade only your own code with it" in out


def test_where_nothing_can_be_used_it_ends_with_3_and_says_how_to_mend_it(run: Run) -> None:
    result = run("doctor", "--sandbox", "docker", **NO_ENGINE)
    assert result.exit_code == 3
    assert "install Docker or Podman" in result.stdout
    assert "None of these can be used" in result.stdout


@pytest.mark.gvisor
def test_what_gvisor_answers_itself_is_said_to_be_so(start: Start, base: str) -> None:
    reason = make("docker", "runsc").unavailable()
    if reason:
        pytest.skip(reason)
    process = start("doctor", "--runtime", "runsc", GRADER_BASE_IMAGE=base)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, out + err
    assert "docker      can be used, isolation strict" in out
    assert "docker is looked at, as asked." in out
    assert "answered by gVisor's own kernel" in out


def test_a_runtime_is_for_docker_alone(start: Start) -> None:
    code, found = answer(start, "--runtime", "runsc", **NO_ENGINE)
    assert code == 3
    assert found["chosen"] is None
