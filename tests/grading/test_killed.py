"""A grader that is killed in the middle leaves nothing once the next one has started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from tests_sandboxes import SANDBOXES, arguments, usable

from grader.sandbox.choose import make
from grader.worker import processes

SLEEPER = "import time\ndef add(a, b):\n    time.sleep(600)\n"
HIDDEN = (
    "import pytest\nfrom grader.checks import equal\n@pytest.mark.limits(seconds=500)\n"
    'def test_five(candidate):\n    """Two and three."""\n    equal(candidate.add(2, 3), 5)\n'
)
PROGRAM = """
import sys
from grader import Session
from grader.bank import Bank
def progress(text):
    if text.startswith("check 2"): print("under way", flush=True)
with Session(bank=Bank.at(sys.argv[1]), sandbox=sys.argv[3], runtime=sys.argv[4] or None) as session:
    session.grade("add", sys.argv[2], progress=progress)
"""


@pytest.mark.parametrize("name", SANDBOXES)
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left_of_a_grader_that_was_ended(name, how, make_bank, tmp_path):
    usable(name)
    kind, runtime = (value or "" for value in arguments(name).values())
    path = tmp_path / "solution.py"
    path.write_text(SLEEPER)
    visible = 'def test_example(candidate):\n    """Nothing."""\n    from grader.checks import equal\n    equal(1, 1)\n'
    bank = make_bank(HIDDEN, visible=visible)
    # The visible check comes second, so that "check 2" is the sleeper.
    os.rename(
        bank.challenges / "add/checks/visible/test_example.py",
        bank.challenges / "add/checks/hidden/test_a.py",
    )
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(bank.challenges.parent), str(path), kind, runtime],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        text=True,
    ) as grader:
        assert grader.stdout is not None
        assert grader.stdout.readline() == "under way\n"
        time.sleep(1.0)  # into the call
        mark = f":{grader.pid}:"
        below = processes.descendants(grader.pid)
        assert below
        grader.send_signal(how)
        grader.wait(20)
    make(kind, runtime or None).reap()
    deadline = time.monotonic() + 2
    while any(processes.stat_fields(pid)[:1] not in ([], ["Z"]) for pid in below):
        assert time.monotonic() < deadline, "a process outlived the grader by two seconds"
        time.sleep(0.01)
    assert not [path for path in Path(tempfile.gettempdir()).glob("ml-grader-*") if mark in path.name]
    assert not [path for path in Path("/sys/fs/cgroup").glob("**/ml-grader-*") if mark in path.name]
    if kind == "docker":
        words = ["docker", "ps", "--all", "--format", '{{.Label "ml-grader.owner"}}']
        assert mark not in subprocess.run(words, capture_output=True, text=True, check=True).stdout
