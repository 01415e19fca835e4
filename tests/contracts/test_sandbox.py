"""What every sandbox owes, run over all that this machine has."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from grader.checks.candidate import CandidateError, attribute
from grader.checks.worker import WorkerLost
from grader.model import Limits
from grader.sandbox import owner
from grader.sandbox.base import Ending
from grader.sandbox.bubblewrap import cgroup
from grader.worker import processes

SUM = "def add(a, b):\n    return a + b\n"


def test_a_call_crosses_and_its_answer_comes_back(backend, converse):
    conversation = converse(backend, SUM)
    with conversation.check() as candidate:
        assert candidate.add(2, 3) == 5
        np.testing.assert_array_equal(candidate.add(np.arange(3.0), np.ones(3)), [1.0, 2.0, 3.0])


def test_eight_megabytes_cross_in_both_directions(backend, converse):
    conversation = converse(backend, SUM)
    array = np.random.default_rng(0).normal(size=1_000_000)
    with conversation.check() as candidate:
        np.testing.assert_array_equal(candidate.add(array, 0.0), array)


def test_objects_stay_and_are_reached_through_handles(backend, converse):
    source = """
class Counter:
    def __init__(self, start): self.n = start
    def step(self, by): self.n += by; return self.n
def read(counter): return counter.n
"""
    conversation = converse(backend, source)
    with conversation.check() as candidate:
        counter = candidate.Counter(3)
        assert counter.step(4) == 7
        assert attribute(counter, "n") == 7
        assert candidate.read(counter) == 7


def test_callables_run_on_the_trusted_side(backend, converse):
    source = "def twice(f, x):\n    return f(f(x))\n"
    conversation = converse(backend, source)
    seen = []

    def square(x):
        seen.append((os.getpid(), x))
        return x * x

    with conversation.check() as candidate:
        assert candidate.twice(square, 3) == 81
    assert seen == [(os.getpid(), 3), (os.getpid(), 9)]


def test_exceptions_arrive_as_the_built_in_kind(backend, converse):
    source = "class Odd(ValueError): pass\ndef f(x):\n    raise Odd(f'{x} is odd')\n"
    conversation = converse(backend, source)
    with conversation.check() as candidate, pytest.raises(ValueError, match="3 is odd") as caught:
        candidate.f(3)
    assert isinstance(caught.value, CandidateError)
    assert caught.value.name == "Odd"
    assert caught.value.lines[-1][:2] == ("solution.py", 3)


def test_only_the_required_distributions_exist(backend, converse):
    source = """
import importlib
def exists(name):
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True
"""
    conversation = converse(backend, source)
    with conversation.check() as candidate:
        assert candidate.exists("numpy")
        for name in ("pandas", "sklearn", "scipy", "grader", "pytest", "pip", "docker", "pydantic"):
            assert not candidate.exists(name), name


def test_nothing_is_kept_from_check_to_check(backend, converse):
    source = """
import os, mmap, tempfile
shared = mmap.mmap(-1, 8)
store = {}
def remember(x):
    store['x'] = x
    shared[0] = x
    with open(os.path.join(tempfile.gettempdir(), 'note'), 'w') as file: file.write(str(x))
    with open('solution.py', 'a') as file: file.write('#' * 9)
def recall():
    return [store.get('x'), shared[0], os.path.exists(os.path.join(tempfile.gettempdir(), 'note')),
            '#' * 9 in open('solution.py').read()]
"""
    conversation = converse(backend, source)
    with conversation.check() as candidate:
        candidate.remember(7)
        assert candidate.recall() == [7, 7, True, True]
    with conversation.check() as candidate:
        assert candidate.recall() == [None, 0, False, False]


def test_a_submission_that_keeps_nothing_is_loaded_once(backend, converse):
    source = "import time\nloaded = time.monotonic_ns()\ndef when(): return loaded\n"
    conversation = converse(backend, source)
    times = []
    for _ in range(3):
        with conversation.check() as candidate:
            times.append(candidate.when())
    assert len(set(times)) == 1


def test_what_a_check_starts_does_not_outlive_it(backend, converse):
    source = """
import os, subprocess, sys, time
def start():
    pid = os.fork()
    if pid == 0:
        os.setsid()
        while True: time.sleep(0.01)
    return pid
def alive(pid):
    try:
        with open(f'/proc/{pid}/stat') as file: return file.read().rpartition(')')[2].split()[0] not in 'ZX'
    except OSError:
        return False
"""
    conversation = converse(backend, source)
    with conversation.check() as candidate:
        pid = candidate.start()
        assert candidate.alive(pid)
    with conversation.check() as candidate:
        assert not candidate.alive(pid)


def test_a_busy_loop_ends_at_its_deadline_and_the_kill_takes_at_most_a_second(backend, converse):
    source = (
        "import signal\ndef f():\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    while True: pass\n"
    )
    conversation = converse(backend, source)
    with conversation.check(seconds=0.5) as candidate:
        start = time.monotonic()
        with pytest.raises(WorkerLost) as caught:
            candidate.f()
        assert caught.value.reason == "timeout"
        assert time.monotonic() - start < 1.5
    start = time.monotonic()
    assert conversation.sandbox.ending() is Ending.ENDED
    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize("how", ["os._exit(0)", "os.kill(os.getpid(), 9)", "ctypes.string_at(0)"])
def test_a_process_that_ends_by_itself_is_noticed_at_once(backend, converse, how):
    conversation = converse(backend, f"import os, ctypes\ndef f():\n    {how}\n")
    start = time.monotonic()
    with conversation.check() as candidate, pytest.raises(WorkerLost) as caught:
        candidate.f()
    assert caught.value.reason == "died"
    assert time.monotonic() - start < 5
    assert conversation.sandbox.ending() is Ending.ENDED


def test_one_process_cannot_take_more_memory_than_it_may(backend, converse):
    source = "import numpy as np\ndef f(mb):\n    return float(np.ones(mb << 17).sum())\n"
    conversation = converse(backend, source, limits=Limits(memory_mb=128))
    with conversation.check() as candidate:
        assert candidate.f(16) == 16 << 17
        try:
            candidate.f(600)
        except MemoryError:
            return
        except WorkerLost:
            assert conversation.sandbox.ending() is Ending.MEMORY
            return
    pytest.fail("it got the memory")


def test_many_processes_together_cannot_either_and_the_kernel_says_so(isolating, converse, request):
    if "gvisor" in request.node.name:
        pytest.skip("gVisor runs here without control groups; each process has its own limit")
    if isolating.name == "bubblewrap" and not may_make_groups():
        pytest.skip("this user may not make control groups; each process has its own limit")
    source = """
import os, time
def f():
    for _ in range(12):
        if os.fork() == 0:
            block = bytearray(80 << 20)
            time.sleep(60)
    while True: time.sleep(0.01)
"""
    conversation = converse(isolating, source, limits=Limits(memory_mb=128))
    with conversation.check(seconds=3) as candidate, pytest.raises(WorkerLost):
        candidate.f()
    assert conversation.sandbox.ending() is Ending.MEMORY


def test_processes_are_limited(isolating, converse):
    source = """
import os, time
def f():
    children = 0
    try:
        while children < 500:
            if os.fork() == 0:
                time.sleep(60)
            children += 1
    except OSError:
        pass
    return children
"""
    conversation = converse(isolating, source, limits=Limits(processes=32))
    with conversation.check() as candidate:
        assert 8 <= candidate.f() <= 48
    with conversation.check() as candidate:
        assert candidate.f() >= 8  # the first check's are gone


def test_disks_are_limited(isolating, converse):
    source = """
def fill(folder):
    written = 0
    try:
        for number in range(64):
            with open(f'{folder}/{number}', 'wb') as file:
                for _ in range(4):
                    written += file.write(bytes(1 << 20))
    except OSError:
        pass
    return written
"""
    conversation = converse(isolating, source, limits=Limits(disk_mb=16))
    for folder in ("/tmp", "/dev/shm"):
        with conversation.check() as candidate:
            assert candidate.fill(folder) <= 17 << 20


def test_a_flood_of_output_is_dropped(backend, converse):
    source = "import os\ndef f():\n    for _ in range(200): os.write(1, bytes(1 << 16)); os.write(2, bytes(1 << 16))\n    return 1\n"
    conversation = converse(backend, source)
    with conversation.check() as candidate:
        assert candidate.f() == 1
    conversation.sandbox.kill()
    assert conversation.sandbox.log() == b""


def test_the_log_keeps_the_end_of_the_output_where_asked(backend, converse):
    source = "def f():\n    print('x' * 200000)\n    print('the end', flush=True)\n"
    conversation = converse(backend, source, keep_log=True)
    with conversation.check() as candidate:
        candidate.f()
    time.sleep(0.2)  # an attached stream takes its time
    conversation.sandbox.kill()
    log = conversation.sandbox.log()
    assert log.endswith(b"the end\n")
    assert len(log) <= 65536


def test_the_environment_holds_nothing_of_the_hosts(isolating, converse, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "canary-in-the-environment")
    source = "import os\ndef f():\n    return dict(os.environ), open('/proc/self/environ').read()\n"
    conversation = converse(isolating, source)
    with conversation.check() as candidate:
        variables, raw = candidate.f()
    assert "canary" not in raw
    assert not {name for name in variables if name.startswith(("SECRET", "DOCKER", "AWS", "PIP"))}


def test_there_is_no_network_and_nothing_to_write_to(isolating, converse):
    source = """
import os, socket
def connect():
    try:
        socket.create_connection(('127.0.0.1', 80), timeout=1)
    except OSError as error:
        return type(error).__name__
    return 'connected'
def writable():
    found = []
    for folder in ('/', '/etc', '/usr', '/site', '/worker', '/opt/site', '/opt/worker', '/root', '/home', '/python/lib'):
        try:
            open(os.path.join(folder, 'x'), 'w').close()
            found.append(folder)
        except OSError:
            pass
    return found
def user():
    return os.getuid()
"""
    conversation = converse(isolating, source)
    with conversation.check() as candidate:
        assert candidate.connect() != "connected"
        assert candidate.writable() == []
        assert candidate.user() == 65534


def test_nothing_is_left_after_a_kill(backend, converse):
    before = traces()
    conversation = converse(
        backend, "import os, time\nif os.fork() == 0:\n    time.sleep(1000)\ndef f(): return 1\n"
    )
    with conversation.check() as candidate:
        candidate.f()
    conversation.sandbox.kill()
    assert traces() <= before


def may_make_groups() -> bool:
    """Whether bubblewrap can limit all processes of a sandbox together."""
    group = cgroup.create(Limits())
    return group is not None and group.remove()


def traces() -> set[str]:
    """Temporary folders, control groups, containers and processes of this very process."""
    mine = owner.me()
    found = {str(path) for path in Path(tempfile.gettempdir()).glob(f"ml-grader-*{mine}*")}
    found |= {str(path) for path in Path("/sys/fs/cgroup").glob(f"**/ml-grader-{mine}*")}
    words = ["docker", "ps", "--all", "--quiet", "--filter", f"label=ml-grader.owner={mine}"]
    found |= set(subprocess.run(words, capture_output=True, text=True, check=False).stdout.split())
    return found | {f"process {pid}" for pid in processes.descendants(os.getpid())}
