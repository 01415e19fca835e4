"""The machine fails in the middle: never a zero, never a pass, nothing left, and the next try is right."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests_sandboxes import ISOLATING, arguments, usable

from grader import Session
from grader.model import Status, Verdict
from grader.sandbox.choose import make
from grader.worker import processes

ROOT = Path(__file__).parents[2]
SUM = "def add(a, b):\n    return a + b\n"
SLEEPER = "import time\ndef add(a, b):\n    time.sleep(1)\n    return a + b\n"
HIDDEN = "\n".join(
    [
        "import pytest",
        "from grader.checks import equal",
        *(
            f'@pytest.mark.limits(seconds=30)\ndef test_{name}(candidate):\n    """{name}."""\n'
            "    equal(candidate.add(2, 3), 5)"
            for name in ("one", "two")
        ),
    ]
)
# Grades and prints the status; told a number, it kills itself as soon as it says what step of that number it does.
PROGRAM = """
import json, os, signal, sys
from grader import Session
from grader.bank import Bank
bank, path, kind, runtime, fatal = sys.argv[1:]
steps = []
def progress(text):
    steps.append(text)
    if len(steps) == int(fatal):
        os.kill(os.getpid(), signal.SIGKILL)
with Session(bank=Bank.at(bank), sandbox=kind, runtime=runtime or None) as session:
    report = session.grade("add", path, progress=progress)
print(json.dumps({"status": report.status, "points": report.points, "text": report.infrastructure, "steps": steps}))
"""

Grader = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def temporary():
    """A folder for temporary files that every user can reach, as a sandbox of root's must."""
    folder = Path(tempfile.mkdtemp(prefix="faults-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def start(make_bank, tmp_path, temporary) -> Grader:
    """Starts a grader in a process of its own, with temporary files and caches of its own."""
    bank = make_bank(HIDDEN).challenges.parent

    def popen(
        name: str, source: str = SUM, fatal: int = 0, prefix: tuple[str, ...] = ()
    ) -> subprocess.Popen[str]:
        kind, runtime = (value or "" for value in arguments(name).values())
        path = tmp_path / "solution.py"
        path.write_text(source)
        variables = {
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(temporary),
            "XDG_CACHE_HOME": str(tmp_path / "c"),
        }
        return subprocess.Popen(
            [*prefix, sys.executable, "-c", PROGRAM, str(bank), str(path), kind, runtime, str(fatal)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **variables},
            text=True,
        )

    return popen


def answer(process: subprocess.Popen[str]) -> dict[str, object]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def gone(pids: list[int]) -> bool:
    return all(processes.stat_fields(pid)[:1] in ([], ["Z"]) for pid in pids)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", [one for one in ISOLATING if one.values[0] != "stream"])
def test_a_grader_that_is_killed_at_any_step_leaves_nothing_and_the_next_is_right(
    name, start, temporary, tmp_path, monkeypatch
):
    usable(name)
    kind, runtime = (value or "" for value in arguments(name).values())
    first = answer(start(name))
    assert (first["status"], first["points"]) == ("passed", 2)
    steps = first["steps"]
    assert isinstance(steps, list)
    for fatal in range(1, len(steps) + 1):
        shutil.rmtree(
            tmp_path / "c", ignore_errors=True
        )  # else it is known to be fit, and a step is left out
        with start(name, fatal=fatal) as process:
            out, _ = process.communicate(timeout=120)
            mark = f":{process.pid}:"
        assert (process.returncode, out) == (-signal.SIGKILL, ""), f"step {fatal}: {steps[fatal - 1]}"
        end = time.monotonic() + 5
        while left := _left_after_reaping(mark, temporary, kind, runtime, monkeypatch):
            assert time.monotonic() < end, f"after a kill at {steps[fatal - 1]!r}: {left}"
            time.sleep(0.05)
    again = answer(start(name))
    assert (again["status"], again["points"]) == ("passed", 2)
    assert list(temporary.iterdir()) == []


def _left_after_reaping(mark: str, folder: Path, kind: str, runtime: str, monkeypatch) -> list[object]:
    """What is left once another grader with the same temporary folder has started."""
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        backend = make(kind, runtime or None)
        backend.reap()
    if kind == "docker":
        backend.close()
    return list(_left(mark, folder, kind))


def _left(mark: str, folder: Path, kind: str):
    """What carries the mark of a grader: files, control groups, processes, containers."""
    yield from (path for path in Path("/sys/fs/cgroup").glob("**/ml-grader-*") if mark in path.name)
    yield from (path for path in folder.glob("ml-grader-*") if mark in path.name)
    for pid in processes.all_pids():
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        if f"TMPDIR={folder}".encode() in environment and not gone([pid]):
            yield f"process {pid}"
    if kind == "docker":
        words = ["docker", "ps", "--all", "--format", '{{.Label "ml-grader.owner"}}']
        found = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        yield from (line for line in found.splitlines() if mark in line)


@pytest.mark.parametrize("which", ["the server", "the run"])
def test_a_checks_process_that_dies_is_nobodys_zero_and_is_replaced(which, make_bank, tmp_path):
    path = tmp_path / "solution.py"
    path.write_text(SLEEPER)  # else it may be done before it is killed
    with Session(bank=make_bank(HIDDEN), sandbox="process") as session:

        def kill(text: str) -> None:
            if not text.startswith("check 3"):
                return
            servers = [pid for pid in processes.descendants(os.getpid()) if _is_server(pid)]
            runs = [pid for pid in servers if int(processes.stat_fields(pid)[1]) in servers]
            for pid in runs if which == "the run" else [one for one in servers if one not in runs]:
                processes.kill(pid)

        report = session.grade("add", path, progress=kill)
        assert report.status is Status.INFRASTRUCTURE
        assert "the process that runs the checks ended" in report.infrastructure
        assert not report.passed
        path.write_text(SUM)
        assert session.grade("add", path).passed


def _is_server(pid: int) -> bool:
    return b"grader.checks.server" in Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.bubblewrap
def test_a_sandbox_that_somebody_else_kills_is_nobodys_zero(make_bank, tmp_path):
    usable("bubblewrap")
    path = tmp_path / "solution.py"
    path.write_text(SLEEPER)
    with Session(bank=make_bank(HIDDEN), sandbox="bubblewrap") as session:

        def kill(text: str) -> None:
            if text.startswith("check 2"):
                for pid in processes.descendants(os.getpid()):
                    if processes.stat_fields(pid)[1:2] == [str(os.getpid())] and not _is_server(pid):
                        processes.kill(pid)

        report = session.grade("add", path, progress=kill)
        assert report.status is Status.INFRASTRUCTURE, [one.outcome for one in report.checks]
        path.write_text(SUM)
        assert session.grade("add", path).passed


@pytest.mark.bubblewrap
def test_a_sandbox_that_kills_itself_is_the_candidates_fault(make_bank, tmp_path):
    usable("bubblewrap")
    path = tmp_path / "solution.py"
    path.write_text("import os, signal\ndef add(a, b):\n    for pid in (os.getppid(), 1, os.getpid()):\n"
                    "        try:\n            os.kill(pid, signal.SIGKILL)\n        except OSError:\n            pass\n")  # fmt: skip
    with Session(bank=make_bank(HIDDEN), sandbox="bubblewrap") as session:
        report = session.grade("add", path)
    assert report.status is Status.FAILED
    assert Verdict.CRASHED in {one.outcome.verdict for one in report.checks}


@pytest.mark.bubblewrap
@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small file system")
def test_a_full_disk_is_nobodys_zero(start, temporary):
    """A temporary folder with room for one sandbox, where the probes need a second one."""
    usable("bubblewrap")
    full = f'mount -t tmpfs -o nr_inodes=2 tmpfs {temporary} && exec "$@"'
    found = answer(start("bubblewrap", prefix=("unshare", "--mount", "sh", "-ec", full, "sh")))
    assert found["status"] == "infrastructure"
    assert "No space left on device" in str(found["text"])
    assert answer(start("bubblewrap"))["status"] == "passed"


@pytest.mark.bubblewrap
@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small file system")
def test_a_report_that_does_not_fit_on_the_disk_is_an_error_that_leaves_the_one_before(tmp_path):
    usable("bubblewrap")
    folder = tmp_path / "out"
    folder.mkdir()
    source = ROOT / "solutions/f1-by-hand/reference.py"
    script = (
        f"mount -t tmpfs -o size=8k tmpfs {folder} && echo before > {folder}/r.json && "
        f"{sys.executable} -m grader grade f1-by-hand {source} --sandbox bubblewrap --no-record --output {folder}/r.json; "
        f"echo exit $?; ls -A {folder}; cat {folder}/r.json"
    )
    variables = {"PYTHONPATH": str(ROOT), "GRADER_HOME": str(tmp_path)}
    run = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, **variables},
    )
    assert "No space left on device" in run.stderr
    code, names, text = run.stdout.splitlines()[-3:]
    assert code not in ("exit 0", "exit 1")
    assert (names, text) == ("r.json", "before")


def test_no_deadline_depends_on_a_clock_that_can_jump():
    """What reads the wall clock only says when something was: nothing is measured or decided by it."""
    allowed = {"grading.py"}  # Report.started
    used: dict[str, list[str]] = {}
    for path in sorted((ROOT / "grader").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                name = f"{node.value.id}.{node.attr}"
                if name in ("time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "date.today"):
                    used.setdefault(path.name, []).append(name)
    decisive = [path for path in used if (ROOT / "grader" / path).exists() or _decides(path)]
    assert set(decisive) <= allowed, used


def _decides(name: str) -> bool:
    """Whether a file is of a part that starts, waits for, measures or ends something."""
    return any(
        (ROOT / "grader" / part / name).exists() for part in ("checks", "sandbox", "worker", "redteam")
    )


@pytest.mark.parametrize("name", ["process", pytest.param("bubblewrap", marks=pytest.mark.bubblewrap)])
def test_a_clock_that_jumps_changes_no_verdict(name, grade, monkeypatch):
    usable(name)
    now, step = time.time(), 86_400.0
    jumps = iter(range(1, 1_000_000))
    monkeypatch.setattr(time, "time", lambda: now + step * next(jumps) * (-1) ** next(jumps))
    report = grade(SUM, HIDDEN, sandbox=name)
    assert report.passed
    assert 0 <= report.seconds < 60


# Put before the C library's: the wall clock is off by as many seconds as a file says.
CLOCK = """
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static time_t off(void) {
    long seconds = 0;
    FILE *file = fopen(getenv("CLOCK_OFF"), "r");
    if (file) { if (fscanf(file, "%ld", &seconds) != 1) seconds = 0; fclose(file); }
    return seconds;
}
int clock_gettime(clockid_t clock, struct timespec *at) {
    int result = syscall(SYS_clock_gettime, clock, at);
    if (result == 0 && clock == CLOCK_REALTIME) at->tv_sec += off();
    return result;
}
int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec; at->tv_usec = now.tv_nsec / 1000;
    return result;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"""
YEAR = 31_536_000


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
@pytest.mark.parametrize("name", [one for one in ISOLATING if one.values[0] in ("bubblewrap", "docker")])
@pytest.mark.parametrize("years", [-3, 10])
def test_a_wall_clock_that_is_set_in_the_middle_changes_no_verdict(name, years, start, tmp_path, monkeypatch):
    """The whole grader runs with a wall clock of its own, which is set while a check sleeps."""
    usable(name)
    source, library, clock = (tmp_path / name for name in ("clock.c", "clock.so", "off"))
    source.write_text(CLOCK)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("CLOCK_OFF", str(clock))
    clock.write_text(str(YEAR))
    year = subprocess.run(["date", "+%Y"], capture_output=True, text=True, check=True).stdout
    assert int(year) > time.gmtime().tm_year, "the clock cannot be set so"
    began = time.monotonic()
    process = start(name, SLEEPER)
    time.sleep(2)
    clock.write_text(str(YEAR * years))
    found = answer(process)
    assert (found["status"], found["points"]) == ("passed", 2), found["text"]
    assert time.monotonic() - began < 60
