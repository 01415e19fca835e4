"""Expectations cover exactly the probes there are, and a missing answer is a failure."""

from __future__ import annotations

import sys

import pytest

from grader.sandbox.probes import NAMES, Expectation, State, expected, judge


def answer(name: str, denied: bool | None, detail: str = "") -> dict[str, object]:
    return {"name": name, "group": "g", "title": "t", "denied": denied, "detail": detail}


def states(denied: bool | None, sandbox: str, runtime: str = "") -> dict[str, State]:
    answers = [answer(name, denied, "elsewhere") for name in NAMES]
    return {found.name: found.state for found in judge(answers, sandbox, hostname="here", runtime=runtime)}


@pytest.mark.skipif(sys.platform != "linux", reason="probes exist on Linux only")
def test_the_table_names_every_probe_and_no_other() -> None:
    from grader.worker.probes import all_probes

    assert [probe.name for probe in all_probes()] == list(NAMES)
    assert len(set(NAMES)) == len(NAMES) >= 60


def test_docker_owes_everything_but_what_podman_may_not_know() -> None:
    weak = {name for name, expectation in expected("docker").items() if expectation is not Expectation.DENIED}
    assert weak == {"other_memory"}
    found = states(False, "docker")
    assert set(found.values()) == {State.FAILED, State.WEAK, State.DENIED}  # the host name is another
    assert set(states(True, "docker").values()) == {State.DENIED}


def test_bubblewrap_owes_all_but_a_few() -> None:
    weak = {name for name, state in states(False, "bubblewrap").items() if state is State.WEAK}
    assert {"exec_tmp", "memory_shared"} <= weak
    assert not weak & {"memory", "tasks", "socket_inet", "mount", "proc_sys", "bank"}


def test_gvisor_still_owes_files_secrets_and_the_way_out() -> None:
    found = states(False, "docker", "runsc")
    assert found["ptrace"] is State.WEAK
    assert {found[name] for name in ("metadata", "dns", "engine", "write_usr", "homes", "grader")} == {
        State.FAILED
    }


def test_a_process_promises_nothing() -> None:
    assert State.FAILED not in states(False, "process").values()
    assert State.FAILED not in {found.state for found in judge([], "process", hostname="here")}


def test_no_answer_fails() -> None:
    findings = judge([answer("mount", True)], "docker", hostname="here")
    assert {found.name for found in findings if found.state is not State.FAILED} == {"mount"}


def test_a_question_that_does_not_arise_does_not_fail() -> None:
    assert set(states(None, "docker").values()) == {State.UNKNOWN, State.DENIED}


def test_only_true_counts_as_denied() -> None:
    (found,) = [
        f for f in judge([{"name": "mount", "denied": "yes"}], "docker", hostname="") if f.name == "mount"
    ]
    assert found.state is State.FAILED


@pytest.mark.parametrize(
    ("inside", "state"), [("here", State.FAILED), ("sandbox", State.DENIED), ("", State.FAILED)]
)
def test_the_host_name_must_be_another(inside: str, state: State) -> None:
    (found,) = [
        f
        for f in judge([answer("hostname", None, inside)], "docker", hostname="here")
        if f.name == "hostname"
    ]
    assert found.state is state
