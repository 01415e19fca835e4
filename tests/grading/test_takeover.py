"""A process that parses answers and was taken over: what it can still reach.

The hidden check below is the taken-over process: it tries everything that an attacker would want next.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from grader.checks import confine
from grader.model import Verdict

pytestmark = pytest.mark.skipif("seccomp" not in confine.means(), reason="needs Linux on x86_64 or aarch64")

# Each attempt returns if it succeeded and raises if it was denied. {secret} is a file of the store.
ATTEMPTS = """
import ctypes, os, signal, socket, subprocess, sys

def read_the_store():
    return open({secret!r}).read()

def read_a_home():
    return os.listdir(os.path.expanduser("~")) + os.listdir("/root")

def write_a_file():
    open({secret!r} + ".new", "w").close()

def change_the_store():
    open({secret!r}, "a").close()

def remove_the_store():
    os.rename({secret!r}, {secret!r} + ".gone")

def talk_to_the_engine():
    with socket.socket(socket.AF_UNIX) as channel:
        channel.connect({engine!r})

def talk_to_the_network():
    with socket.socket() as channel:
        channel.connect(("127.0.0.1", {port}))

def look_up_a_name():
    socket.getaddrinfo("localhost", {port})
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()

def run_a_program():
    subprocess.run(["/bin/true"], check=True)

def fork_a_process():
    if os.fork() == 0:
        os._exit(0)

def signal_the_grader():
    os.kill({victim}, 0)

def read_the_graders_memory():
    open(f"/proc/{victim}/mem", "rb").close()

def read_the_graders_environment():
    open(f"/proc/{victim}/environ", "rb").read()

def trace_the_grader():
    libc = ctypes.CDLL(None, use_errno=True)
    # PTRACE_SEIZE: unlike PTRACE_ATTACH it does not stop the victim, which is the test's own process.
    if libc.ptrace(0x4206, {victim}, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")

def limit_the_grader():
    import resource
    resource.prlimit({victim}, resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))

ATTEMPTED = [value for name, value in list(globals().items()) if "_the_" in name or "_a_" in name]

def succeeded():
    done = []
    for attempt in ATTEMPTED:
        try:
            attempt()
        except (OSError, subprocess.SubprocessError):
            continue
        done.append(attempt.__name__)
    return done
"""

HIDDEN = '''
from attempts import ATTEMPTED, succeeded
from grader.checks import holds

def test_add(candidate):
    """A sum."""
    candidate.add(1, 2)
    done = succeeded()
    holds(not done, f"{len(done)} of {len(ATTEMPTED)} succeeded: " + " ".join(done))
'''


@pytest.fixture
def engine(tmp_path: Path):
    """Stands for the engine: a socket that listens, on a path and on a port of the loopback."""
    import socket

    path = Path(os.path.relpath(tmp_path)) / "s"
    with socket.socket(socket.AF_UNIX) as local, socket.socket() as remote:
        local.bind(str(path))
        local.listen()
        remote.bind(("127.0.0.1", 0))
        remote.listen()
        yield str(tmp_path / "s"), remote.getsockname()[1]


@pytest.fixture
def attempts(tmp_path: Path, engine) -> str:
    (tmp_path / "store").mkdir()
    secret = tmp_path / "store" / "results.db"
    secret.write_text("who passed")
    values = {"secret": str(secret), "engine": engine[0], "port": engine[1], "victim": os.getpid()}
    return ATTEMPTS.format(**values)


def test_nothing_is_denied_to_a_process_that_is_not_confined(attempts, tmp_path):
    """Else the next test would prove nothing. A parent may not be traced everywhere."""
    (tmp_path / "attempts.py").write_text(attempts)
    code = "import json, attempts; print(json.dumps([len(attempts.ATTEMPTED), attempts.succeeded()]))"
    run = [sys.executable, "-c", code]
    total, done = json.loads(subprocess.run(run, cwd=tmp_path, capture_output=True, check=True).stdout)
    assert total == 15
    expected = {
        "write_a_file",
        "remove_the_store",
        "talk_to_the_engine",
        "run_a_program",
        "signal_the_grader",
    }
    assert expected <= set(done)


def test_a_process_that_was_taken_over_reaches_neither_engine_nor_store(grade, attempts, tmp_path):
    source = "def add(a, b):\n    return a + b\n"
    files = {"checks/hidden/attempts.py": attempts}
    report = grade(source, HIDDEN, files=files)
    hidden = next(result for result in report.checks if result.check.suite == "hidden")
    assert hidden.outcome.verdict is Verdict.PASSED, hidden.outcome.staff_text
    assert (tmp_path / "store" / "results.db").read_text() == "who passed"
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["results.db"]


def test_threads_still_start_in_a_confined_process(grade):
    """Linear algebra on the trusted side may use them."""
    hidden = textwrap.dedent('''
        import threading
        import numpy as np
        from grader.checks import equal

        def test_add(candidate):
            """A sum."""
            found = []
            thread = threading.Thread(target=lambda: found.append(np.linalg.inv(np.eye(3)).sum()))
            thread.start()
            thread.join()
            equal(candidate.add(1, 2), int(found[0]))
    ''')
    report = grade("def add(a, b):\n    return a + b\n", hidden)
    assert report.passed, [result.outcome.staff_text for result in report.checks]
