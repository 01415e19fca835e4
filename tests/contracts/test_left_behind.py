"""Ways to leave a word for the next check that go through neither a process nor a file's content."""

from __future__ import annotations

import pytest

HANDLER = """
import signal
seen = 0
def handler(*_):
    global seen
    seen += 1
signal.signal(signal.{}, handler)
"""
# name: (at the top of the submission, what the first check does, what the next one would see)
WAYS = {
    "signal_handler": (
        HANDLER.format("SIGUSR1"),
        "os.kill(os.getppid(), signal.SIGUSR1)",
        "seen",
    ),
    "interrupt_handler": (
        HANDLER.format("SIGINT"),
        "os.kill(os.getppid(), signal.SIGINT)",
        "seen",
    ),
    "waiting_signal": (
        """
import signal
seen, fork = 0, os.fork
def patched():
    global seen
    seen = len(signal.sigpending())
    return fork()
os.fork = patched
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
""",
        "os.kill(os.getppid(), signal.SIGUSR2)",
        "seen",
    ),
    "watching_parent": (
        """
import ctypes, threading
seen, fork, box = 0, os.fork, ctypes.create_string_buffer(8)
def patched():
    global seen
    pid = fork()
    if pid:
        with open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for _ in range(200):
                memory.seek(ctypes.addressof(box))
                seen = seen or int(memory.read(1) == b"1")
                __import__("time").sleep(0.0005)
    return pid
os.fork = patched
""",
        "box[0] = b'1'; __import__('time').sleep(0.15)",
        "seen",
    ),
    "spinning_parent": (
        """
import ctypes, signal, time
seen, fork, child, box = 0, os.fork, 0, ctypes.create_string_buffer(8)
def spin(*_):
    global seen
    end = time.monotonic() + 0.4
    with open(f"/proc/{child}/mem", "rb", 0) as memory:
        while time.monotonic() < end:
            memory.seek(ctypes.addressof(box))
            seen = seen or int(memory.read(1) == b"1")
signal.signal(signal.SIGALRM, spin)
def patched():
    global child
    child = fork()
    if child:
        signal.setitimer(signal.ITIMER_REAL, 0.0005)
    return child
os.fork = patched
""",
        "box[0] = b'1'; __import__('time').sleep(0.1)",
        "seen",
    ),
    "memory_of_parent": (
        "import ctypes\nbox = ctypes.create_string_buffer(8)",
        """
with open(f"/proc/{os.getppid()}/mem", "r+b", 0) as memory:
    memory.seek(ctypes.addressof(box))
    memory.write(b"1")
""",
        "int(box.raw[:1] == b'1')",
    ),
    "limit": (
        "import resource",
        "resource.prlimit(os.getppid(), resource.RLIMIT_STACK, (4096 * 77, resource.RLIM_INFINITY))",
        "int(resource.getrlimit(resource.RLIMIT_STACK)[0] == 4096 * 77)",
    ),
    "niceness": (
        "",
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 7)",
        "os.getpriority(os.PRIO_PROCESS, 0)",
    ),
    "affinity": (
        "before = os.sched_getaffinity(0)",
        "os.sched_setaffinity(os.getppid(), sorted(before)[:1])",
        "int(os.sched_getaffinity(0) != before)",
    ),
    "policy": (
        "",
        "os.sched_setscheduler(os.getppid(), os.SCHED_BATCH, os.sched_param(0))",
        "int(os.sched_getscheduler(0) == os.SCHED_BATCH)",
    ),
    "oom_score": (
        "before = open('/proc/self/oom_score_adj').read()",
        "open(f'/proc/{os.getppid()}/oom_score_adj', 'w').write('777')",
        "int(open('/proc/self/oom_score_adj').read() != before)",
    ),
    "core_dumps": (
        "",
        "open(f'/proc/{os.getppid()}/coredump_filter', 'w').write('0x7f')",
        "int(open('/proc/self/coredump_filter').read().strip().endswith('7f'))",
    ),
    "time_of_folder": ("", "os.utime('.', (5, 5))", "int(os.stat('.').st_mtime == 5)"),
    "rights_of_folder": ("", "os.chmod('.', 0o711)", "int(os.stat('.').st_mode & 0o7777 == 0o711)"),
    "time_of_file": (
        "",
        "os.utime('solution.py', ns=(5, os.stat('solution.py').st_mtime_ns))",
        "int(os.stat('solution.py').st_atime_ns == 5)",
    ),
    "rights_of_file": (
        "",
        "os.chmod('solution.py', 0o600)",
        "int(os.stat('solution.py').st_mode & 0o777 == 0o600)",
    ),
    "attribute_of_file": (
        "",
        "os.setxattr('solution.py', 'user.a', b'1')",
        "len(os.listxattr('solution.py'))",
    ),
    "lock": (
        """
import fcntl
held = os.open("solution.py", os.O_RDONLY)
def locked():
    other = os.open("solution.py", os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(other, fcntl.LOCK_UN)
        return 0
    except BlockingIOError:
        return 1
""",
        "fcntl.flock(held, fcntl.LOCK_EX)",
        "locked()",
    ),
    "place_in_file": (
        "held = os.open('solution.py', os.O_RDONLY)",
        "os.lseek(held, 5, os.SEEK_SET)",
        "int(os.lseek(held, 0, os.SEEK_CUR) == 5)",
    ),
    "registration": (
        """
import select
held = select.epoll()
def sockets():
    for number in range(3, 20):
        try:
            if os.readlink(f"/proc/self/fd/{number}").startswith("socket:"):
                yield number
        except OSError:
            pass
""",
        "for number in sockets(): held.register(number, select.EPOLLOUT)",
        "len(held.poll(0))",
    ),
    "message_queue": (
        "import ctypes\nlibc = ctypes.CDLL(None)",
        "libc.msgget(7, 0o1666)",
        "int(libc.msgget(7, 0) >= 0)",
    ),
}
# SECURITY.md names these: nothing there tells that a process has run or was sent a signal.
IN_GVISOR = {"signal_handler", "interrupt_handler", "waiting_signal", "oom_score"}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_from_one_check_to_the_next(backend, converse, way, request):
    if backend.isolation == "none":
        pytest.skip("it isolates nothing")
    if way in IN_GVISOR and "gvisor" in request.node.callspec.id:
        pytest.skip("gVisor does not show it")
    top, action, question = WAYS[way]
    action = "\n        ".join(action.strip().splitlines())
    source = f"""
import os
{top}
def leave():
    try:
        {action}
    except OSError:
        return 'refused'
    return 'done'
def seen_by_next():
    try:
        return {question}
    except OSError:
        return 0
"""
    conversation = converse(backend, source)
    for _ in range(2):
        with conversation.check() as candidate:
            assert candidate.leave() in ("refused", "done")
    with conversation.check() as candidate:
        assert candidate.seen_by_next() == 0
